"""Settings of the Scrapy project. Any of them can be given for one run: `scrapy crawl seeds -s DATA_DIR=elsewhere`.

What is not here keeps Scrapy's default: https://docs.scrapy.org/en/latest/topics/settings.html
"""

from __future__ import annotations

from typing import Any

BOT_NAME = "copydesk"
SPIDER_MODULES = ["scraper.spiders"]
NEWSPIDER_MODULE = "scraper.spiders"
COMMANDS_MODULE = "scraper.commands"  # `scrapy crawl` that checks its arguments and says with its exit code how it went

# --- Where the output goes ---------------------------------------------------------------------------------------

DATA_DIR = "data"  # the folder of the three files below; made if it is missing

# One feed per kind of line. Every feed is offered every cleaned page and writes the lines that concern it.
FEEDS: dict[str, dict[str, Any]] = {
    "whole:%(data_dir)s/articles.jsonl": {"format": "jsonl", "overwrite": True},  # one record per story
    "whole:%(data_dir)s/audit.jsonl": {"format": "audit", "overwrite": True},  # every block of every page
    "whole:%(data_dir)s/rejected.jsonl": {"format": "rejected", "overwrite": True},  # pages without an article, and why
}
FEED_URI_PARAMS = "scraper.feeds.uri_params"  # fills in %(data_dir)s
FEED_EXPORTERS = {
    "jsonl": "scraper.feeds.ArticleExporter",
    "jsonlines": "scraper.feeds.ArticleExporter",
    "audit": "scraper.feeds.AuditExporter",
    "rejected": "scraper.feeds.RejectedExporter",
}
FEED_STORAGES = {"whole": "scraper.feeds.WholeFileStorage"}  # a killed run leaves the last one's files
FEED_STORE_EMPTY = True  # no rejected pages: an empty file, not the one of the last run

# --- What happens to a page --------------------------------------------------------------------------------------

ITEM_PIPELINES = {"scraper.pipelines.CleaningPipeline": 300}
CONCURRENT_ITEMS = 8  # pages of one response that wait for the cleaners; more would only take memory
EXTENSIONS = {"scraper.summary.Summary": 500}  # the table at the end, and `copydesk/…` in Scrapy's stats

# --- Manners -----------------------------------------------------------------------------------------------------

ROBOTSTXT_OBEY = True
TELNETCONSOLE_ENABLED = False  # no open ports on a machine that only wants text
REMOTE_CONTROL_ENABLED = False

# --- The archive of what was fetched -----------------------------------------------------------------------------

ARCHIVE = True  # raw responses to DATA_DIR/archive, from which `scrapy crawl warc -a file=…` cleans anew
ARCHIVE_FILE_BYTES = 1024**3  # a file is closed when it has reached this length, and the next one begun
DOWNLOADER_MIDDLEWARES: dict[str, int] = {
    "scraper.archive.ArchiveMiddleware": 950,  # closest to the downloader: bodies are still as they came
}

# --- What is printed ---------------------------------------------------------------------------------------------

LOG_LEVEL = "WARNING"  # with INFO (-L INFO) Scrapy tells about itself and prints its stats
