"""What a crawl keeps on disk: its output files and what has been written of each page."""
