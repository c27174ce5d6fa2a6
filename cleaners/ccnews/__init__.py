"""CC-NEWS, Common Crawl's archive of news, by date: its lists, its files one after the other, and what came of each.

    lists of months ─► files of the days ─► one after the other: fetched, cleaned, removed ─► records and counts a file

See https://commoncrawl.org/blog/news-dataset-available.
"""
