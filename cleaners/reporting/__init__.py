"""A run as one HTML page that a person wants to read.

    articles ─► Counts ─┐
    audit ────► Unsure ─┤
    rejects ──► codes ──┼─► charts (SVG) ─► page (HTML)
    trace ────► Sharing ┘

Records stream through; what is kept of them are counts, the pages most worth a look, and for the trace the outlet of
each article. Everything scraped is hostile: the template escapes it, links lead to http and https alone, and the
page's policy lets nothing run or load.
"""
