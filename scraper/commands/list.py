"""`scrapy list -v`: each spider with what it is for and the arguments that it takes."""

from __future__ import annotations

import argparse
import inspect
import os
import sys
import textwrap

from scrapy import Spider
from scrapy.commands import list as scrapy_list
from scrapy.spiderloader import get_spider_loader

from scraper.spiders.base import argument_names


class Command(scrapy_list.Command):
    """Scrapy's command, which says more when it is asked to."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's options and our own."""
        super().add_options(parser)
        parser.add_argument("-v", "--verbose", action="store_true", help="show what each spider does and takes")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the names of the spiders, or all about them."""
        if not opts.verbose:
            super().run(args, opts)
            return
        assert self.settings is not None  # Scrapy sets them before it runs a command
        loader = get_spider_loader(self.settings)
        try:
            print("\n\n".join(about(loader.load(name)) for name in sorted(loader.list())), flush=True)
        except BrokenPipeError:  # as in `scrapy list -v | head`; Python would complain when it flushes at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def about(spider: type[Spider], program: str = "scrapy crawl") -> str:
    """A spider's name, its docstring, and its arguments with their defaults; `program` runs it."""
    text = textwrap.indent(inspect.getdoc(spider) or "", "  ")
    return f"{spider.name}\n{text}\n\n  {program} {spider.name} {_usage(spider)}"


def _usage(spider: type[Spider]) -> str:
    parameters = inspect.signature(spider.__init__).parameters
    return " ".join(f"-a {name}={parameters[name].default or '…'}" for name in argument_names(spider))
