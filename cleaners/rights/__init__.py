"""What a page reserves: signals for machines in its markup, its response, and the files of its host.

    robots.txt, tdmrep.json ─┐
    the response's header   ─┼─► signals ─► rights ─► rejection, if a run respects what is reserved
    the page's markup       ─┘

Signals are read and told, each with its source. What they mean in law is for people to say.
"""
