"""A run as one HTML page.

    articles ─► counts ──┐
    audit ────► unsure ──┤
    rejects ──► codes ───┼─► charts (SVG) ─► page (HTML)
    trace ────► sharing ─┘

Records are streamed. Only counts are kept, the least certain pages, and with a trace the outlet of each article. All
scraped text is treated as hostile: the template escapes it, only http and https addresses become links, and the policy
of the page lets nothing run or load.
"""
