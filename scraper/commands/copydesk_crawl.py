"""`copydesk crawl`: any spider, from any folder, wherever the package is installed.

Scrapy finds its settings by the `scrapy.cfg` of a checkout. An installed package has none, so this command names the
settings itself. Scrapy is imported when a crawl begins, so that the other commands start without it.
"""

from __future__ import annotations

import argparse
import sys

from cleaners.commands.exit_codes import FOUND
from cleaners.commands.messages import report_error

SPIDERS = ("feed", "seeds", "site", "sitemap", "sources", "urls", "warc")
"""The spiders, for the help and the shell completion; a test compares them with those that there are."""

ARGUMENTS = {
    "url": "the addresses to begin with, parted by commas",
    "file": "a file of addresses, an outlets file, an archive or a folder",
    "hosts": "the hosts whose articles are taken, parted by commas",
    "since": "only articles published on this day or later",
    "max_age": "how old a page may be until it is fetched again",
    "depth": "how many links a section may be from the start page",
    "count": "how many pages of links are read of a site",
    "path": "a page on disk, or a folder of pages",
    "sources": "the outlets file that archived pages belong to",
}
"""What spiders take, for `--max-age 3` in place of `-a max_age=3`; a test compares it with what they do take."""

_EPILOG = """\
examples:
  copydesk crawl feed --url https://gazette.example/ -d corpus -s CONTACT=mailto:you@your.domain
  copydesk crawl sources --file outlets.toml -d corpus
  copydesk crawl warc --file pages.warc.gz -d corpus
  copydesk crawl                                  all spiders, with what they do and take

exit codes:
  0    the output was written
  1    it was not, the crawl could not start, or no entry point could be read
  2    a wrong argument, or a data folder that cannot be used
  130  stopped with Ctrl-C; the same command resumes the crawl
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "crawl",
        help="fetch and clean articles of the web",
        description=f"Runs a spider: {', '.join(SPIDERS[:-1])} or {SPIDERS[-1]}. Without one, it lists them with what "
        "they do and take. The articles, their audit and the rejects go to a data folder.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("spider", nargs="?", choices=SPIDERS, metavar="SPIDER", help="its name")
    command.add_argument(
        "-a",
        type=_pair,
        action="append",
        default=[],
        dest="arguments",
        metavar="NAME=VALUE",
        help="give it an argument",
    )
    given = command.add_argument_group(
        "arguments of spiders", "--max-age VALUE is the same as -a max_age=VALUE; not every spider takes all"
    )
    for name, meaning in ARGUMENTS.items():
        given.add_argument(f"--{name.replace('_', '-')}", dest=f"spider_{name}", metavar="VALUE", help=meaning)
    command.add_argument("-d", "--data-dir", metavar="FOLDER", help="where the output goes (./data)")
    command.add_argument("-o", "--output", action="append", metavar="FILE", help="add new articles to this file, too")
    add_settings(command)
    command.set_defaults(run=run)


def add_settings(command: argparse.ArgumentParser) -> None:
    """Add `-s` and `-L`."""
    command.add_argument(
        "-s",
        type=_pair,
        action="append",
        default=[],
        dest="settings",
        metavar="NAME=VALUE",
        help="change a setting, such as CONTACT=mailto:you@your.domain",
    )
    command.add_argument(
        "-L", "--loglevel", metavar="LEVEL", help="what Scrapy reports on itself: INFO, DEBUG (WARNING)"
    )


def settings_of(options: argparse.Namespace) -> dict[str, str]:
    """The settings that `-s`, `-L`, `-q` and `-v` change."""
    settings = dict(options.settings)
    if options.quiet:
        settings |= {"LOG_LEVEL": "ERROR", "QUIET": "True"}
    if options.verbose:
        settings["LOG_LEVEL"] = "INFO"
    if options.loglevel:
        settings["LOG_LEVEL"] = options.loglevel.upper()
    return settings


def run(options: argparse.Namespace) -> int:
    """Run the spider, or list the spiders."""
    if options.spider is None:
        return _list_spiders()
    from scrapy.exceptions import UsageError
    from scrapy.utils.conf import feed_process_params_from_cli

    from scraper.commands.crawl_run import installed_process, run_crawl

    settings = settings_of(options)
    if options.data_dir:
        settings["DATA_DIR"] = options.data_dir
    process = installed_process(settings)
    if options.output:
        try:
            feeds = feed_process_params_from_cli(process.settings, options.output)
        except UsageError as error:
            return report_error(str(error))
        process.settings.set("FEEDS", feeds, priority="cmdline")
    return run_crawl(process, options.spider, arguments_of(options), program="copydesk crawl")


def arguments_of(options: argparse.Namespace) -> dict[str, str]:
    """What the spider is given, by `-a max_age=3`, `-a max-age=3` or `--max-age 3`."""
    named = {name: value for name in ARGUMENTS if (value := getattr(options, f"spider_{name}")) is not None}
    return {**{name.replace("-", "_"): value for name, value in options.arguments}, **named}


def _list_spiders() -> int:
    from scrapy.settings import Settings
    from scrapy.spiderloader import SpiderLoader

    from scraper.commands.list import about

    settings = Settings()
    settings.setmodule("scraper.settings")
    loader = SpiderLoader.from_settings(settings)
    spiders = (about(loader.load(name), "copydesk crawl") for name in sorted(loader.list()))
    sys.stdout.write("\n\n".join(spiders) + "\n")
    return FOUND


def _pair(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not (equals and name):
        raise argparse.ArgumentTypeError(f"not NAME=VALUE: {given}")
    return name, value
