"""Pure tables and functions on text: shapes, folding, names, dates, time zones and agencies."""
