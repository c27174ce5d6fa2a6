"""What commands are given to read: paths, or standard input where a pipe or a file stands there."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from cleaners.commands.file_completion import complete_files
from cleaners.errors import CopydeskError
from cleaners.profiles import Profiles, profiles_named
from cleaners.reading import check_paths
from cleaners.reading.files import STDIN, Known


def paths_or_stdin(paths: Sequence[str], what: str) -> list[str]:
    """The paths, or standard input if there are none.

    Raises CopydeskError with `what` to name, where that would wait for somebody to type a page.
    """
    if paths:
        return list(paths)
    if sys.stdin is None or sys.stdin.isatty():
        raise CopydeskError(f"name {what}, or pipe one in; --help has examples")
    return [STDIN]


def add_known(command: argparse.ArgumentParser) -> None:
    """Add `--url` and `--retrieved-at`."""
    command.add_argument("--url", type=web_address, metavar="URL", help="the address of a single page")
    command.add_argument(
        "--retrieved-at",
        type=moment,
        metavar="TIME",
        help="when it was fetched: 2026-01-31T09:30:00+01:00 (now); UTC if it names no zone",
    )


def add_outlets(command: argparse.ArgumentParser) -> None:
    """Add `--outlets`."""
    outlets = command.add_argument(
        "--outlets", metavar="FILE", help="apply the profiles of outlets in this file (copydesk outlets learn)"
    )
    complete_files(outlets)


def profiles_of(options: argparse.Namespace) -> Profiles:
    """The profiles that `--outlets` names. Raises MissingPath where there is no such file, BadProfile for another."""
    if options.outlets:
        check_paths([options.outlets])
    return profiles_named(options.outlets)


def known_of(options: argparse.Namespace, paths: Sequence[str]) -> Known | None:
    """What `--url` and `--retrieved-at` say; None if neither is given. Raises CopydeskError if several pages are."""
    if not (options.url or options.retrieved_at):
        return None
    if len(paths) > 1 or os.path.isdir(paths[0]):
        raise CopydeskError("--url and --retrieved-at are for a single page: name one file, or pipe one in")
    return Known(options.url, options.retrieved_at)


def web_address(text: str) -> str:
    """An address of the web, or an ArgumentTypeError that says how one begins.

    >>> web_address("https://gazette.example/a")
    'https://gazette.example/a'
    """
    try:
        address = urlsplit(text)
        is_one = address.scheme.lower() in ("http", "https") and bool(address.hostname)
    except ValueError:
        is_one = False
    if not is_one or any(character.isspace() for character in text):
        raise argparse.ArgumentTypeError(f"not a web address: {text[:200]} (it begins with http:// or https://)")
    return text


def moment(text: str) -> str:
    """A time in ISO 8601, to the second and with its zone; an ArgumentTypeError for anything else.

    >>> moment("2026-01-31T09:30")
    '2026-01-31T09:30:00+00:00'
    """
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a time such as 2026-01-31T09:30:00+01:00: {text[:200]}") from None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).isoformat(timespec="seconds")


def nothing_in(paths: Sequence[str], what: str) -> str:
    """The sentence for paths in which nothing was found to read.

    >>> nothing_in(["empty"], "page")
    'there is no page in empty'
    """
    names = ["standard input" if path == STDIN else path for path in paths[:3]]
    return f"there is no {what} in {', '.join(names)}{' …' if len(paths) > 3 else ''}"
