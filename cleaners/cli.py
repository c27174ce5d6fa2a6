"""The command `copydesk`."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cleaners.collecting import no_collecting, no_collecting_at_exit
from cleaners.commands.exit_codes import FAILED, INTERRUPTED, PIPE_CLOSED
from cleaners.commands.messages import add_loudness, report_error
from cleaners.commands.project_file import find_project_file, parse_with
from cleaners.commands.standard_streams import give_up_standard_output, open_closed_streams
from cleaners.errors import CopydeskError, describe
from cleaners.version import VERSION
from cleaners.words.display import printable

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

OWN = ("clean", "explain", "diff", "trace", "corpus", "ccnews", "report", "outlets", "schema", "completion")
"""The commands of this package, in the order in which the help shows them: modules of `cleaners.commands`."""

PLUGINS = "copydesk.commands"
"""The entry point group by which other packages add commands; `scraper` adds its own."""


_EPILOG = """\
examples:
  copydesk get https://gazette.example/harbour     fetch an article and clean it
  copydesk clean page.html                         clean a file; folders and archives, too
  curl -s URL | copydesk clean --url URL           clean a page from a pipe
  copydesk explain page.html                       what was kept, what was dropped, and why
  copydesk crawl feed --url https://gazette.example/ -d corpus
                                                   fetch the articles that a site's feed names
  copydesk status corpus                           how the crawl stands
  copydesk report corpus                           the result as one HTML page
  copydesk trace articles.jsonl                    duplicates and wire copy
  copydesk corpus articles.jsonl -o corpus         one corpus of records, without copies
  copydesk ccnews --from 2026-01-01 --to 2026-01-31
                                                   a month of Common Crawl's archive of news
  copydesk outlets learn pages -o profiles.toml    what the pages of an outlet share
  copydesk diff old new                            what a change gained and lost
  copydesk schema                                  the fields of a record
  copydesk completion bash                         completion for a shell

copydesk COMMAND --help explains a command. The documentation begins in README.md
of the source, with a page for each task in docs/.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    open_closed_streams()
    no_collecting_at_exit()
    # The matrices of a page are too small for a second thread, and to start them takes as long as to clean the page.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options = argparse.Namespace()
    try:
        meant = as_meant(sys.argv[1:] if arguments is None else arguments)
        _parse(meant, options)
        code: int = options.run(options)
        sys.stdout.flush()
    except SystemExit:  # after --help, --version and wrong usage
        give_up_standard_output()
        raise
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        give_up_standard_output()
        return PIPE_CLOSED
    except (CopydeskError, OSError) as error:
        give_up_standard_output()
        if getattr(options, "verbose", False):
            traceback.print_exc()
        return report_error(describe(error))
    return code


def _parse(given: list[str], options: argparse.Namespace) -> None:
    """Parse the command line, with what the project file gives each time."""
    _check_command(given[0])
    parser = command_line(*({given[0]} & {*OWN}))
    if given[0].startswith("-") or {"-h", "--help"} & {*given}:
        parser.parse_args(given, options)
        return
    file = find_project_file(Path.cwd(), _names)
    if file and given[0] in file.tables:
        parse_with(file, parser, given, options)
    else:
        parser.parse_args(given, options)


def _names() -> list[str]:
    return [*OWN, *(plugin.name for plugin in _plugins())]


def _plugins() -> Iterable[EntryPoint]:
    """The commands of other packages. They are only looked for where a word is no command of our own: that takes longer
    than to clean a page."""
    from importlib.metadata import entry_points

    return entry_points(group=PLUGINS)


def _check_command(name: str) -> None:
    """Raise CopydeskError for a word in the place of a command that is none, with what may have been meant."""
    if name.startswith("-") or name in OWN or name in (names := _names()):
        return
    if name.lower().startswith(("http://", "https://")):
        raise CopydeskError(f"name a command before the address: copydesk get {name}")
    if os.path.exists(name):
        raise CopydeskError(f"name a command before the path: copydesk clean {name}")
    near = get_close_matches(name, names, n=1)
    hint = f"; did you mean {near[0]}?" if near else f": there are {', '.join(names)}"
    raise CopydeskError(f"there is no command {name[:60]!r}{hint} (copydesk --help explains it)")


def as_meant(given: Sequence[str]) -> list[str]:
    """The arguments with options spelled as they are known, and a call for help where there are none, or where it is
    asked for as other programs have it.

    >>> as_meant([]), as_meant(["help", "clean"]), as_meant(["clean", "--any_page", "a_b"])
    (['--help'], ['clean', '--help'], ['clean', '--any-page', 'a_b'])
    """
    if not given or given[0] == "help":
        return [*given[1:2], "--help"]
    end = given.index("--") if "--" in given else len(given)
    return [*map(_dashed, given[:end]), *given[end:]]


def _dashed(argument: str) -> str:
    name, equals, value = argument.partition("=")
    return name.replace("_", "-") + equals + value if name.startswith("--") else argument


class _Parser(argparse.ArgumentParser):
    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse the command line; an option that is none is told by its command, with what may have been meant."""
        namespace, rest = self.parse_known_args(args, namespace)
        if rest:
            getattr(namespace, "parser", self)._refuse(rest)
        return namespace

    def _refuse(self, rest: list[str]) -> NoReturn:
        name = next((each for each in rest if each.startswith("-")), "").partition("=")[0]
        if not name:
            self.error(f"this is more than it takes: {' '.join(rest)}")
        if os.path.exists(name):
            self.error(f"this is taken for an option: {name}; put -- before a path that begins so")
        near = get_close_matches(name, [option for option in self._option_string_actions if len(option) > 2], n=1)
        self.error(f"there is no option {name}" + (f"; did you mean {near[0]}?" if near else ""))

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong. The usage of a command with thirty options would hide it."""
        self.exit(FAILED, f"{self.prog}: {printable(message)} ({self.prog} --help explains it)\n")


def command_line(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands, or of one of our own: to load what all of them need takes longer than a page."""
    parser = _Parser(
        prog="copydesk",
        description="Turns news pages into clean text.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command_line=command_line)  # `completion` needs all commands, and is one of them
    parser.add_argument("--version", action="version", version=f"copydesk {VERSION}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    for name in [only] if only else OWN:
        with no_collecting():  # what is loaded stays
            module = import_module(f"cleaners.commands.{name}")
        module.add_to(commands)
    for plugin in () if only else _plugins():
        plugin.load().add_to(commands)
    for each in commands.choices.values():
        add_loudness(each)
        each.set_defaults(parser=each)
    return parser
