"""The run of a crawl: scheduling, cleaning, progress and summary."""
