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
    "%(data_dir)s/articles.jsonl": {"format": "jsonl", "overwrite": True},  # one record per story
    "%(data_dir)s/audit.jsonl": {"format": "audit", "overwrite": True},  # every block of every page, with its label
    "%(data_dir)s/rejected.jsonl": {"format": "rejected", "overwrite": True},  # pages without an article, and why
}
FEED_URI_PARAMS = "scraper.feeds.uri_params"  # fills in %(data_dir)s
FEED_EXPORTERS = {
    "jsonl": "scraper.feeds.ArticleExporter",
    "jsonlines": "scraper.feeds.ArticleExporter",
    "audit": "scraper.feeds.AuditExporter",
    "rejected": "scraper.feeds.RejectedExporter",
}
FEED_STORAGES = {"": "scraper.feeds.WholeFileStorage"}  # a file appears when it is whole; a killed run leaves none torn
FEED_STORE_EMPTY = True  # no rejected pages: an empty file, not the one of the last run

# --- What happens to a page --------------------------------------------------------------------------------------

ITEM_PIPELINES = {"scraper.pipelines.CleaningPipeline": 300}
EXTENSIONS = {"scraper.summary.Summary": 500}  # the table at the end, and `copydesk/…` in Scrapy's stats

# --- Manners -----------------------------------------------------------------------------------------------------

ROBOTSTXT_OBEY = True
TELNETCONSOLE_ENABLED = False  # no open port on a machine that only wants text

# --- What is printed ---------------------------------------------------------------------------------------------

LOG_LEVEL = "WARNING"  # with INFO (-L INFO) Scrapy tells about itself and prints its stats
