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
    "jsonl": "scraper.crawl.exporter.ArticleExporter",
    "jsonlines": "scraper.crawl.exporter.ArticleExporter",
}

# --- What is to be fetched ---------------------------------------------------------------------------------------

SCHEDULER = "scraper.crawl.scheduler.FrontierScheduler"  # requests are kept until what came of them is written
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the frontier knows what it has seen
FRONTIER_URL = ""  # redis://HOST:PORT/NUMBER to share the crawl between machines; else a file in the data folder
FAILED_RESTS = [0, 0, 3600, 6 * 3600, 20 * 3600]  # seconds that a failed page rests before a later run; then given up
FRONTIER_LEASE = 120  # seconds after which what a worker of a shared crawl holds without a sign of life goes to others

# --- What happens to a page --------------------------------------------------------------------------------------

ITEM_PIPELINES = {"scraper.crawl.pipelines.CleaningPipeline": 300}
CLEANING_PROCESSES = 0  # 0: as many as there are cores
CLEANING_TIMEOUT = 60  # seconds for one page
CLEANING_MEGABYTES = 4096  # memory of one process
CLEANING_ANY_PAGE = False  # extract the main content of pages that are no articles, too
CLEANING_RESPECT: list[str] = []  # reject pages that reserve this: ai-train, tdm, noindex (docs/rights.md)
CLEANING_OUTLETS = ""  # a file of profiles that `copydesk outlets learn` has written
CLEANING_LEARN = (
    0  # 3 to 300: learn the profile of an outlet from so many first pages, for later ones (docs/profiles.md)
)
CLEANING_REJECTED_TEXT = False  # add the text to what the rejects say of a page that is no article
HUB_SECONDS = 20  # for taking a feed, a sitemap or a page of links apart; one of 50 MB takes about a quarter of it
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 250 * 1024 * 1024  # bytes of answers that are taken apart; above, all outlets wait
CONCURRENT_ITEMS = 32  # pages that wait for the cleaners; more would only take memory
EXTENSIONS = {
    "scraper.crawl.progress.Progress": 490,  # a line that shows how it goes, on a terminal
    "scraper.crawl.stopping.Stopping": 495,  # ends it soon after Ctrl-C
    "scraper.crawl.summary.Summary": 500,  # the table at the end, and `copydesk/…` in Scrapy's stats
}

# --- Manners -----------------------------------------------------------------------------------------------------

CONTACT = ""  # mailto: or https: address that the user agent names, so that a newsroom can reach you
ADDONS = {
    "scraper.manners.politeness.Identity": 100,  # makes USER_AGENT of it
    "scraper.browser.addon.JavascriptAddon": 200,  # sets a browser up where JAVASCRIPT is on
}
DEFAULT_REQUEST_HEADERS = {  # Scrapy's without its Accept-Language, which asks every site in English
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
}
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Copydesk"  # the name that robots.txt may address
TDMREP = True  # with robots.txt, ask for /.well-known/tdmrep.json; what both say about use goes into `rights`

AUTOTHROTTLE_ENABLED = True  # each host as fast as it answers, one request after another
AUTOTHROTTLE_START_DELAY = 1.0  # seconds between the first requests to a host
AUTOTHROTTLE_MAX_DELAY = 60.0
DOWNLOAD_DELAY = 0.25  # seconds between two requests to a host that answers at once, give or take a half
DOWNLOAD_SLOTS = {"": {"delay": 0, "concurrency": 16}}  # what has no host (data:, file:) need not wait
CONCURRENT_REQUESTS = 32  # over all hosts
CONCURRENT_REQUESTS_PER_DOMAIN = 4

RETRY_TIMES = 4  # of one page, after the first try
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the rejects say it
BACKOFF_FIRST = 1.0  # seconds that a host rests after a failure; doubled with each further one in a row
BACKOFF_LONGEST = 300.0  # seconds; what a host asks for by Retry-After may be longer, up to a day
HOST_FAILURES = 10  # in a row, after which a host is left alone until the next run: a quarter of an hour

# --- Safety ------------------------------------------------------------------------------------------------------

DOWNLOAD_TIMEOUT = 60  # seconds from the request to the last byte of the answer
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # bytes of a page, as it comes and unpacked
HUB_MAXSIZE = 50 * 1024 * 1024  # of a feed or sitemap: what sitemaps.org allows
DOWNLOAD_WARNSIZE = 0  # a body large enough for this warning is refused anyway
REDIRECT_MAX_TIMES = 10
METAREFRESH_MAXDELAY = 5  # seconds; pages that load themselves anew every minute are no redirects

DOWNLOADER_MIDDLEWARES = {  # five of Scrapy's are replaced, at their places
    "scraper.crawl.own_addresses.OwnAddresses": 50,  # first: what it refuses costs no request
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scraper.manners.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scraper.manners.limits.BoundedCompression": 590,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scraper.manners.redirects.BoundedMetaRefresh": 580,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scraper.manners.redirects.BoundedRedirect": 600,
    "scraper.manners.per_outlet.PerOutlet": 650,  # before the cookies
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scraper.manners.cookies.OfflineCookies": 700,
    "scraper.manners.limits.SizeLimits": 853,
    "scraper.manners.politeness.HostRests": 855,  # sees every answer before it is retried or redirected
    "scraper.manners.addresses.AddressGuard": 860,  # knows why a look-up failed before the host rests for it
    "scraper.archive.middleware.ArchiveMiddleware": 950,  # closest to the downloader: bodies are still as they came
    "scraper.browser.addon.ShellMiddleware": 560,  # bodies are unpacked, redirects followed
}
TELNETCONSOLE_ENABLED = False  # no open ports on a machine that only wants text
REMOTE_CONTROL_ENABLED = False

# --- The archive of what was fetched -----------------------------------------------------------------------------

ARCHIVE = True  # raw responses to DATA_DIR/archive, from which `scrapy crawl warc -a file=…` cleans anew
ARCHIVE_FILE_BYTES = 1024**3  # a file is closed when it has reached this length, and the next one begun

# --- Pages that a script fills -----------------------------------------------------------------------------------

JAVASCRIPT = False  # ask a browser for pages that are empty shells; needs copydesk[javascript] and a Chromium
BROWSER_PATH = ""  # the Chromium to run; empty: chromium, chromium-browser or google-chrome on the PATH
PLAYWRIGHT_MAX_PAGES_PER_CONTEXT = 4  # pages open at a time, each some hundred megabytes

# --- What is printed ---------------------------------------------------------------------------------------------

QUIET = False  # no progress and no table at the end (`copydesk crawl -q`)
LOG_LEVEL = "WARNING"  # with INFO (-L INFO) Scrapy reports on itself and prints its stats
