"""`copydesk outlets learn`."""

from __future__ import annotations

import argparse
from contextlib import suppress
from dataclasses import replace

from cleaners.commands.exit_codes import FOUND, NOTHING_FOUND
from cleaners.commands.inputs import nothing_in, paths_or_stdin
from cleaners.commands.messages import report_error, say
from cleaners.commands.progress import Progress
from cleaners.data import Page, RejectedInput
from cleaners.decoding.encodings import decode
from cleaners.decoding.markup_detection import guess_kind
from cleaners.errors import NotText
from cleaners.label.profile import FEWEST_PAGES
from cleaners.profiles import LearnedProfile, ProfileLearner, outlet_of_page, write_profiles
from cleaners.reading import BytesRead, check_paths, read_pages, size_of
from cleaners.running.atomic_files import atomic_file
from cleaners.running.batch import clean_or_reject
from cleaners.running.output_checks import check_outputs
from cleaners.words.display import counted

MOST_NAMED = 5
"""Outlets with too few pages that are named."""

_EPILOG = """\
examples:
  copydesk outlets learn corpus/archive -o profiles.toml     a crawl's archive
  copydesk outlets learn pages -o profiles.toml              a folder of pages
  copydesk clean pages --outlets profiles.toml -o articles.jsonl

An outlet is the host of the address of a page; of pages without one, the folder
of the file. The profile says which lines recur on its pages and where its stories
stand. Look at it before you use it: a line that you take out stays.

exit codes:
  0    at least one profile was written
  1    no outlet has enough pages, and no file was written
  2    wrong usage, a path that does not exist, or an output that cannot be written
  130  interrupted with Ctrl-C
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "outlets",
        help="learn what the pages of an outlet share",
        description="Learns the boilerplate of outlets across their pages.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("action", choices=("learn",), help="learn profiles from pages")
    command.add_argument("paths", nargs="*", metavar="PATH", help="files, folders and archives of pages, as of clean")
    command.add_argument("--field", metavar="NAME", help="the field of a record that holds the page (html, text, …)")
    command.add_argument("-o", "--output", metavar="FILE", required=True, help="the file of profiles to write (TOML)")
    command.add_argument("--overwrite", action="store_true", help="replace the output if it exists")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read and clean the pages, and write what was learned."""
    paths = paths_or_stdin(options.paths, "a file or a folder of pages")
    check_paths(paths)
    check_outputs([options.output], paths, overwrite=options.overwrite)
    learner = ProfileLearner()
    pages = 0
    with suppress(_NothingLearned), atomic_file(options.output) as file:
        pages = _learn(learner, paths, options)
        profiles = list(learner.profiles())
        _tell(options, learner, profiles)
        if not profiles:
            raise _NothingLearned
        for piece in write_profiles(profiles):
            file.write(piece.encode())
        return FOUND
    nothing = f"no outlet has {FEWEST_PAGES} pages or more with articles: no file was written"
    return report_error(nothing if pages else nothing_in(paths, "page"), NOTHING_FOUND)


class _NothingLearned(Exception):
    """There is nothing to write."""


def _learn(learner: ProfileLearner, paths: list[str], options: argparse.Namespace) -> int:
    """Learn from all pages; the number of pages that were read."""
    bytes_read = BytesRead()
    count = 0
    with Progress(0, quiet=options.quiet) as progress:
        size = size_of(paths) if progress.is_watched else None
        for page in read_pages(paths, field=options.field, bytes_read=bytes_read):
            count += 1
            if isinstance(page, RejectedInput):
                progress.report_error(f"{page.page.source}: {page.rejection.reason}")
            else:
                _learn_page(learner, page)
            progress.add(bytes_read.count / size if size else None)
    return count


def _learn_page(learner: ProfileLearner, page: Page) -> None:
    outlet = outlet_of_page(page)
    try:
        text = page.content if isinstance(page.content, str) else decode(page.content, page.charset, page.kind)
    except NotText:
        learner.left_out["that are no text"] += 1
        return
    kind = page.kind or guess_kind(text)
    if learner.wants(outlet, kind):
        learner.add(outlet, clean_or_reject(replace(page, content=text, kind=kind)))


def _tell(options: argparse.Namespace, learner: ProfileLearner, profiles: list[LearnedProfile]) -> None:
    for learned in profiles:
        kept = sum(line.kept > 0 for line in learned.lines)
        of = f" of {learned.seen:,}" if learned.seen > learned.pages else ""
        lines = counted(len(learned.lines), "line")
        say(
            options,
            f"{learned.outlet}, {learned.kind}: {lines} recur on {learned.pages:,}{of} pages, {kept} kept in a text",
        )
    for reason, count in learner.left_out.most_common():
        say(options, f"not learned from: {counted(count, 'page')} {reason}")
    if few := learner.too_few():
        names = ", ".join(few[:MOST_NAMED]) + (" …" if len(few) > MOST_NAMED else "")
        say(options, f"fewer than {FEWEST_PAGES} pages, no profile: {counted(len(few), 'outlet')} ({names})")
    if learner.forgotten:
        say(options, f"too many outlets at once: {learner.forgotten:,} with few pages were forgotten")
