"""Settings of the Scrapy project. Any of them can be given for one run: `scrapy crawl seeds -s DATA_DIR=elsewhere`.

What is not here keeps Scrapy's default: https://docs.scrapy.org/en/latest/topics/settings.html
"""

from __future__ import annotations

BOT_NAME = "copydesk"
SPIDER_MODULES = ["scraper.spiders"]
NEWSPIDER_MODULE = "scraper.spiders"
COMMANDS_MODULE = "scraper.commands"  # `scrapy crawl` that checks its arguments and says with its exit code how it went

# --- Where the output goes ---------------------------------------------------------------------------------------

DATA_DIR = "data"  # the folder of the output and of the ledger that goes with it; made if it is missing
FEED_EXPORTERS = {  # for `-o FILE`: what this run has written, beside the files in the data folder
    "jsonl": "scraper.feeds.ArticleExporter",
    "jsonlines": "scraper.feeds.ArticleExporter",
}

# --- What is to be fetched ---------------------------------------------------------------------------------------

SCHEDULER = "scraper.scheduler.FrontierScheduler"  # requests are kept until what came of them is written
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the frontier knows what it has seen
FRONTIER_URL = ""  # redis://HOST:PORT/NUMBER to share the crawl between machines; else a file in the data folder
FRONTIER_LEASE = 120  # seconds after which what a worker of a shared crawl holds without a sign of life goes to others

# --- What happens to a page --------------------------------------------------------------------------------------

ITEM_PIPELINES = {"scraper.pipelines.CleaningPipeline": 300}
CLEANING_PROCESSES = 0  # 0: as many as there are cores
CLEANING_TIMEOUT = 60  # seconds for one page
CLEANING_MEGABYTES = 4096  # memory of one process
CONCURRENT_ITEMS = 32  # pages that wait for the cleaners; more would only take memory
EXTENSIONS = {"scraper.summary.Summary": 500}  # the table at the end, and `copydesk/…` in Scrapy's stats

# --- Manners -----------------------------------------------------------------------------------------------------

ROBOTSTXT_OBEY = True
TELNETCONSOLE_ENABLED = False  # no open ports on a machine that only wants text
REMOTE_CONTROL_ENABLED = False

# --- What is printed ---------------------------------------------------------------------------------------------

LOG_LEVEL = "WARNING"  # with INFO (-L INFO) Scrapy tells about itself and prints its stats
