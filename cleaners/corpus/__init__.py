"""Many records to one corpus: filtered, one of each cluster of copies kept, as Parquet with a card that says so.

records ─► wanted ones ─► index of traces ─► clusters ─► one kept of each ─► Parquet, what was left out, card
"""
