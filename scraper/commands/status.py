"""`copydesk status`: how a crawl stands, while it runs or after it was stopped.

It reads the ledger of a data folder, or the frontier that several machines share, and changes nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from cleaners.commands.exit_codes import FOUND, NOTHING_FOUND
from cleaners.errors import CopydeskError
from cleaners.words.display import counted, one_line, printable, shortened
from scraper.frontier import LEDGER, Counts, FailedRequest, shared_counts
from scraper.frontier.sqlite import ledger_counts
from scraper.storage.output import is_in_use

MOST_HOSTS = 10
"""How many hosts are named, those with the most open requests first."""

MOST_FAILED = 10
"""How many failed addresses are named, those that are tried again first. `--json` names all."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "status",
        help="how a crawl stands",
        description="Tells of a crawl that runs or was stopped what is still to be fetched, what failed and is tried "
        "again, and what has been written.",
        epilog="examples:\n  copydesk status corpus\n  copydesk status corpus --json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("folder", nargs="?", default="data", metavar="DATA_DIR", help="the crawl's data folder (data)")
    command.add_argument("--frontier", metavar="URL", help="the frontier that several machines share: redis://…")
    command.add_argument("--json", action="store_true", help="one JSON object per crawl")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how each crawl stands. Raises CopydeskError if there is none to read."""
    if options.frontier:
        found, running = shared_counts(options.frontier), ""
    else:
        found = folder_counts(Path(options.folder))
        running = "a crawl is running\n" if is_in_use(Path(options.folder)) else ""
    if options.json:
        sys.stdout.writelines(json.dumps(asdict(counts)) + "\n" for counts in found)
    else:
        sys.stdout.write(running + "\n".join(_lines(found)) + "\n")
    return FOUND if found else NOTHING_FOUND


def folder_counts(folder: Path) -> list[Counts]:
    """How each crawl stands that was begun in a data folder. Raises CopydeskError if there is none to read."""
    path = folder / LEDGER
    if not path.is_file():
        raise CopydeskError(f"no crawl was begun in {folder}: there is no {path}")
    return ledger_counts(path)


def _lines(found: Sequence[Counts]) -> Iterator[str]:
    for counts in found:
        yield one_line(counts.queue)
        number = sum(counts.open_by_host.values())
        yield f"  to be fetched {number:>10,}" if number else "  finished"
        for host, count in list(counts.open_by_host.items())[:MOST_HOSTS]:
            yield f"    {printable(host):<30} {count:>10,}"
        if (more := len(counts.open_by_host) - MOST_HOSTS) > 0:
            yield f"    and {counted(more, 'more host')}"
        yield from _failed_lines(counts.tried_again)
    if found:
        last = found[-1]
        yield "in all"
        yield f"  fetched       {last.fetched:>10,}"
        yield f"  failed        {last.failed:>10,}{_of_which(found)}"
        yield f"  pages         {last.pages:>10,}"
        yield f"  records       {last.records:>10,}"


def _failed_lines(failed: Sequence[FailedRequest]) -> Iterator[str]:
    """What failed and is tried again: how many, why, and the first of them with their time."""
    if not failed:
        return
    codes = Counter(request.code or "failed" for request in failed).most_common()
    why = ", ".join(f"{one_line(code)} {count:,}" for code, count in codes)
    yield f"  tried again   {len(failed):>10,}  by a later run ({why})"
    for request in failed[:MOST_FAILED]:
        yield f"    {_moment(request.retry_at)}  {shortened(one_line(request.url), 90)}"
    if (more := len(failed) - MOST_FAILED) > 0:
        yield f"    and {more:,} more (--json names all)"


def _moment(seconds: float) -> str:
    """From when on a request is tried again, in UTC."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):  # none that a crawl has written
        return "at no time known "
    return f"{moment:%Y-%m-%d %H:%M UTC}"


def _of_which(found: Sequence[Counts]) -> str:
    """What becomes of the requests that failed."""
    again = sum(len(counts.tried_again) for counts in found)
    if not found[-1].failed:
        return ""
    return f"  ({again:,} tried again by a later run; of the others the rejects tell why)"
