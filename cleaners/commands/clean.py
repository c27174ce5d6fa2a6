"""`copydesk clean`."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from cleaners.commands import option_values
from cleaners.commands.exit_codes import FOUND, NOTHING_FOUND
from cleaners.commands.file_completion import complete_files
from cleaners.commands.inputs import add_known, add_outlets, known_of, nothing_in, paths_or_stdin, profiles_of
from cleaners.commands.messages import in_shell, report_error, say
from cleaners.commands.option_values import EMBED
from cleaners.commands.progress import Progress
from cleaners.data import KEPT, Label
from cleaners.kind.decision import ARTICLE_KINDS, PageKind
from cleaners.profiles import Profiles
from cleaners.reading import BytesRead, Known, check_paths, find_pages, size_of
from cleaners.reading.files import STDIN
from cleaners.reading.paths import FileIdentity, identity
from cleaners.records.formats import Format, check_format, format_of
from cleaners.records.selection import Posts, Selection
from cleaners.running.batch import BodyKind, CleanedLines, CleaningOptions
from cleaners.running.in_turn import clean_in_turn
from cleaners.running.interrupts import interrupts_held
from cleaners.running.output_checks import check_outputs
from cleaners.running.outputs import Mode, Outputs, Paths, open_outputs
from cleaners.running.sinks import RowKind
from cleaners.words.display import counted, printable

_EPILOG = """\
examples:
  copydesk clean page.html                            one page, to standard output
  curl -s URL | copydesk clean --url URL              a page from a pipe
  copydesk clean pages -o articles.jsonl --audit audit.jsonl --rejects rejected.jsonl
  copydesk clean 'crawl/*.warc.gz' -o articles.parquet --lang en,de --min-words 100

input formats are detected from content, not from the file name:
  a page (HTML, a plain page dump), JSON Lines and Parquet with a page in a field
  of each record, and any of them packed with gzip or Zstandard

the ending of an output file sets its format, unless --format names it:
  .jsonl, .md, .txt, .csv, .html, each also with .gz or .zst behind it (packed);
  .parquet (needs copydesk[parquet]); JSON Lines without an ending

exit codes:
  0    at least one article was written, even if other pages were rejected
  1    no page gave an article
  2    wrong usage, a path that does not exist, or an output that cannot be written
  130  interrupted with Ctrl-C
  141  the reader of standard output has gone away, as in `copydesk clean … | head`

An output file appears under its name when the run is complete. An interrupted
run leaves its unfinished output beside it under a hidden name, for --resume.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "clean",
        help="clean files and folders of pages",
        description="Writes one JSON line per story. Pages are HTML or plain page dumps, in any encoding, one a file; "
        "a web archive (WARC, ARC) holds many.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    paths = command.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a file, a folder, a pattern in quotes, or - for standard input (the default in a pipe)",
    )
    complete_files(paths)
    command.add_argument("--field", metavar="NAME", help="the field of a record that holds the page (html, text, …)")
    add_known(command)
    add_outlets(command)
    command.add_argument(
        "--processes", type=option_values.count, metavar="N", help="number of worker processes (one per core)"
    )
    _add_outputs(command)
    _add_selection(command)
    command.set_defaults(run=run)


def _add_outputs(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("outputs")
    output = group.add_argument("-o", "--output", metavar="FILE", help="where the articles go (standard output)")
    audit = group.add_argument("--audit", metavar="FILE", help="write every block of every page with label and rule")
    rejects = group.add_argument(
        "--rejects", metavar="FILE", help="write why pages gave no article (standard error, in words)"
    )
    complete_files(output, audit, rejects)
    group.add_argument(
        "--rejected-text", action="store_true", help="add the text to what --rejects says of a page that is no article"
    )
    group.add_argument(
        "--format",
        choices=[shape.value for shape in Format],
        help="the format of the articles (by the ending of -o; JSON Lines)",
    )
    group.add_argument(
        "--with",
        dest="with_fields",
        choices=("markdown",),
        action="append",
        default=[],
        help="fill a field of the records that is null otherwise: the text as Markdown",
    )
    group.add_argument(
        "--split", choices=("json", "md", "txt", "html"), help="-o is a folder, which gets a file for each article"
    )
    there = group.add_mutually_exclusive_group()
    there.add_argument(
        "--resume", action="store_true", help="resume an interrupted run: skip the pages that its outputs hold"
    )
    there.add_argument("--overwrite", action="store_true", help="replace outputs that exist")


def _add_selection(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("selection")
    group.add_argument(
        "--any-page", action="store_true", help="extract the main content of pages that are no articles, too"
    )
    group.add_argument(
        "--kinds",
        type=option_values.kinds,
        action="extend",
        default=[],
        metavar="KIND",
        help=f"only stories of these kinds of page ({', '.join(PageKind)}); also pages that are no articles, if named",
    )
    group.add_argument(
        "--keep",
        type=option_values.labels,
        action="extend",
        default=[],
        metavar="LABEL",
        help="keep blocks with these labels in the text; embed keeps the words of embedded posts",
    )
    group.add_argument(
        "--drop",
        type=option_values.labels,
        action="extend",
        default=[],
        metavar="LABEL",
        help="drop blocks with these labels, or the words of embedded posts (embed), from the text",
    )
    group.add_argument(
        "--lang",
        type=option_values.languages,
        action="extend",
        default=[],
        metavar="CODE",
        help="only articles in these languages (en,de,hsb)",
    )
    group.add_argument(
        "--min-words", type=option_values.count, default=0, metavar="N", help="only articles with at least N words"
    )
    group.add_argument(
        "--min-confidence",
        type=option_values.share,
        default=0.0,
        metavar="SHARE",
        help="only articles whose text is right with at least this probability (0.9)",
    )
    group.add_argument(
        "--since",
        type=option_values.day,
        metavar="DAY",
        help="only articles published on this day or later (2026-01-31)",
    )
    group.add_argument(
        "--respect",
        type=option_values.respected,
        action="extend",
        default=[],
        metavar="USE",
        help="reject pages that reserve this: ai-train, tdm, noindex (docs/rights.md)",
    )


def run(options: argparse.Namespace) -> int:
    """Clean the pages and write what was asked for."""
    options.paths = paths_or_stdin(options.paths, "a file or a folder of pages")
    known = known_of(options, options.paths)
    paths = _output_paths(options)
    if wrong := _usage_error(options, paths):
        return report_error(wrong)
    cleaning = _cleaning_options(options, paths)
    inputs = [*options.paths, *filter(None, [options.outlets])]
    check_paths(inputs)
    profiles = profiles_of(options)
    # open_outputs refuses those that exist, as it knows which can be resumed
    check_outputs(paths.values(), inputs, overwrite=True, may_be_folders=bool(options.split), skips_own=True)
    mode: Mode = "resume" if options.resume else "overwrite" if options.overwrite else "new"
    with interrupts_held() as release_interrupts:
        outputs = open_outputs(paths, mode, _settings(options, profiles), options.split, _format(options))
        try:
            with outputs:
                release_interrupts()  # from here on, `outputs` knows what to leave behind
                _write_all(outputs, cleaning, options, paths, known, profiles)
        except BaseException:
            _report_kept_pages(outputs)
            raise
    if not outputs.tally.pages:
        return report_error(nothing_in(options.paths, "page"), NOTHING_FOUND)
    say(options, outputs.tally.table())
    return FOUND if outputs.tally.stories else NOTHING_FOUND


def _cleaning_options(options: argparse.Namespace, paths: Paths) -> CleaningOptions:
    keep, drop = frozenset(options.keep), frozenset(options.drop)
    kept = KEPT.union(map(Label, keep - {EMBED})) - drop
    posts: Posts | None = "keep" if EMBED in keep else "drop" if EMBED in drop else None
    kinds = frozenset(options.kinds)
    selection = Selection(
        kept, posts, frozenset(options.lang), options.min_words, options.since, kinds, options.min_confidence
    )
    return CleaningOptions(
        options.any_page or not kinds <= ARTICLE_KINDS,
        selection,
        audit="audit" in paths,
        bodies=_bodies(options),
        rejected_text=options.rejected_text,
        with_markdown="markdown" in options.with_fields,
        respect=frozenset(options.respect),
        written_as=None if options.split else Format(_shape(options) or Format.JSONL),
    )


def _format(options: argparse.Namespace) -> Format | None:
    return Format(options.format) if options.format else None


def _shape(options: argparse.Namespace) -> str | None:
    """The format of the articles, None where the name of the output says none."""
    shape: str | None = options.split or options.format or format_of(options.output or "")
    return shape


def _bodies(options: argparse.Namespace) -> BodyKind | None:
    """The format of the texts, where the articles' own shows more than lines."""
    shape = _shape(options)
    return "md" if shape == "md" else "html" if shape == "html" else None


def _write_all(
    outputs: Outputs,
    cleaning: CleaningOptions,
    options: argparse.Namespace,
    paths: Paths,
    known: Known | None,
    profiles: Profiles,
) -> None:
    """Clean the pages that are left to do and write what comes out."""
    bytes_read = BytesRead()
    with Progress(outputs.pages_kept, quiet=options.quiet) as progress:
        size = size_of(options.paths) if progress.is_watched else None
        leave_out = _identities(paths.values())
        pages = find_pages(options.paths, field=options.field, leave_out=leave_out, bytes_read=bytes_read, known=known)
        waiting = profiles.put_on_all(outputs.left_to_do(pages))
        for page in clean_in_turn(waiting, cleaning, options.processes):
            page = outputs.write(page)
            if page.profile_set_aside:
                progress.report_error(f"{page.page.source}: its outlet's profile would leave no text: set aside")
            if page.rejected and "rejects" not in paths:
                progress.report_error(f"{page.page.source}: {in_shell(page.rejected['reason'])}")
            elif options.verbose:
                progress.say(_what_came_out(page))
            progress.add(bytes_read.count / size if size else None)


def _what_came_out(page: CleanedLines) -> str:
    """One line on a page, for `-v`."""
    words = page.tally.words_kept
    came = page.rejected["code"] if page.rejected else f"{counted(page.tally.stories, 'article')}, {words:,} words"
    return printable(f"{page.page.source}: {came}")


def _output_paths(options: argparse.Namespace) -> Paths:
    """The paths by what is written there; `-` is standard output, where articles go that have no path."""
    named: dict[RowKind, str | None] = {
        "articles": options.output if options.output != STDIN else None,
        "audit": options.audit,
        "rejects": options.rejects,
    }
    return {rows: path for rows, path in named.items() if path}


def _usage_error(options: argparse.Namespace, paths: Paths) -> str | None:
    if options.split and "articles" not in paths:
        return "--split needs a folder: name it with -o"
    if options.split and options.format:
        return "--split names the format already: leave out --format"
    if not options.split and (wrong := _wrong_name(paths.get("articles", ""), options.format)):
        return wrong
    if options.rejected_text and "rejects" not in paths:
        return "--rejected-text needs a file: name it with --rejects"
    if both := set(options.keep) & set(options.drop):
        return f"a label cannot be kept and dropped: {', '.join(sorted(both))}"
    return None


def _wrong_name(path: str, shape: str | None) -> str | None:
    """What is wrong with the name of a file; nothing is with that of a pipe or a device, such as /dev/fd/63."""
    if os.path.exists(path) and not os.path.isfile(path):
        return None
    if shape is None:
        return check_format(path)
    named = format_of(path) if os.path.splitext(path)[1] else None
    return f"two formats: --format says {shape}, and {path} is named as {named}" if named not in (None, shape) else None


def _settings(options: argparse.Namespace, profiles: Profiles) -> dict[str, Any]:
    """All that the rows depend on beside the pages, as JSON holds it."""
    return {
        "any_page": options.any_page,
        "field": options.field,
        "keep": sorted(options.keep),
        "drop": sorted(options.drop),
        "kinds": sorted(options.kinds),
        "rejected_text": options.rejected_text,
        "respect": sorted(options.respect),
        "lang": sorted(options.lang),
        "min_words": options.min_words,
        "min_confidence": options.min_confidence,
        "with": sorted(set(options.with_fields)) or None,
        **({"outlets": profiles.digest} if len(profiles) else {}),
        "since": options.since and options.since.isoformat(),
        **{name: given for name in ("url", "retrieved_at") if (given := getattr(options, name))},
    }


def _identities(paths: Iterable[str]) -> set[FileIdentity]:
    """The outputs that are there already, standard output among them: a run must not read what it writes."""
    there = [os.stat(path) for path in paths if os.path.exists(path)]
    with suppress(OSError, ValueError):  # standard output may be closed, or no file at all
        there.append(os.fstat(sys.stdout.fileno()))
    return {identity(output) for output in there if stat.S_ISREG(output.st_mode) or stat.S_ISDIR(output.st_mode)}


def _report_kept_pages(outputs: Outputs) -> None:
    if outputs.pages_kept:
        report_error(f"pages written: {outputs.pages_kept:,}; --resume continues")
