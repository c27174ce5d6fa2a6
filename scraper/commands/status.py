"""`copydesk status`: how a crawl stands, while it runs or after it was stopped.

It reads the ledger of a data folder, or the frontier that several machines share, and changes nothing.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from cleaners.commands.exit_codes import FOUND, NOTHING_FOUND
from cleaners.errors import CopydeskError
from scraper.frontier import LEDGER, Counts, import_redis
from scraper.frontier.sqlite import counts_of
from scraper.storage.output import is_in_use

MOST_HOSTS = 10
"""How many hosts are named, those with the most open requests first."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "status",
        help="how a crawl stands",
        description="Tells what is still to be fetched and what has been written, of a crawl that runs or was stopped.",
    )
    command.add_argument("folder", nargs="?", default="data", metavar="DATA_DIR", help="the crawl's data folder (data)")
    command.add_argument("--frontier", metavar="URL", help="the frontier that several machines share: redis://…")
    command.add_argument("--json", action="store_true", help="one JSON object per crawl")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how each crawl stands. Raises CopydeskError if there is none to read."""
    if options.frontier:
        found, running = import_redis().shared_counts(options.frontier), ""
    else:
        found = ledger_counts(Path(options.folder))
        running = "a crawl is running\n" if is_in_use(Path(options.folder)) else ""
    if options.json:
        sys.stdout.writelines(json.dumps(asdict(counts)) + "\n" for counts in found)
    else:
        sys.stdout.write(running + "\n".join(_lines(found)) + "\n")
    return FOUND if found else NOTHING_FOUND


def ledger_counts(folder: Path) -> list[Counts]:
    """How each crawl stands that was begun in a data folder."""
    path = folder / LEDGER
    if not path.is_file():
        raise CopydeskError(f"no crawl was begun in {folder}: there is no {path}")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as db:
            queues = [queue for (queue,) in db.execute("SELECT queue FROM queues ORDER BY run")]
            return [counts_of(db, queue) for queue in queues]
    except sqlite3.DatabaseError as error:
        raise CopydeskError(f"{path} cannot be read: {error}") from None


def _lines(found: Sequence[Counts]) -> Iterator[str]:
    for counts in found:
        yield counts.queue
        number = sum(counts.open_by_host.values())
        yield f"  to be fetched {number:>10,}" if number else "  finished"
        for host, count in list(counts.open_by_host.items())[:MOST_HOSTS]:
            yield f"    {host:<30} {count:>10,}"
        if (more := len(counts.open_by_host) - MOST_HOSTS) > 0:
            yield f"    and {more:,} more hosts"
    if found:
        last = found[-1]
        yield "in all"
        yield f"  fetched       {last.fetched:>10,}"
        yield f"  failed        {last.failed:>10,}  (the next run tries them again)"
        yield f"  pages         {last.pages:>10,}"
        yield f"  records       {last.records:>10,}"
