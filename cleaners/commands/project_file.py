"""What one gives each time, from a file of the project: `copydesk.toml`, or `[tool.copydesk]` in `pyproject.toml`.

A table is named like a command, and its keys like the options of it:

    [clean]
    lang = ["en", "de"]
    min-words = 100

What the command line says counts instead.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cleaners.errors import CopydeskError

OWN_FILE, SHARED_FILE = "copydesk.toml", "pyproject.toml"

_SCALARS = (str, int, float, date, time)


class BadProjectFile(CopydeskError):
    """A project file holds what no command takes."""


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """The tables of a project file, and the name by which messages call it."""

    name: str
    tables: Mapping[str, Any]


def find_project_file(folder: Path, commands: Callable[[], Collection[str]]) -> ProjectFile | None:
    """The project file of a folder, None if there is none; `commands` names those that there are.

    Raises BadProjectFile where it is no such file.
    """
    found = _read(folder / OWN_FILE)
    if found is not None:
        return _checked(ProjectFile(OWN_FILE, found), commands())
    tool = (_read(folder / SHARED_FILE) or {}).get("tool")
    shared = tool.get("copydesk") if isinstance(tool, dict) else None
    if shared is None:
        return None
    name = f"{SHARED_FILE}, [tool.copydesk]"
    if not isinstance(shared, dict):
        raise BadProjectFile(f"{name}: this is to be a table with a table for each command")
    return _checked(ProjectFile(name, shared), commands())


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, IsADirectoryError):
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadProjectFile(f"{path.name} is no TOML: {' '.join(str(error).split())[:200]}") from None


def _checked(file: ProjectFile, commands: Collection[str]) -> ProjectFile:
    if "outlet" in file.tables:
        raise BadProjectFile(
            f"{file.name} is an outlets file, not a project file: give it with copydesk crawl sources --file, under"
            " another name"
        )
    if "profile" in file.tables:
        raise BadProjectFile(
            f"{file.name} is a file of profiles, not a project file: give it with copydesk clean --outlets, under"
            " another name"
        )
    for name, table in file.tables.items():
        if name not in commands:
            raise BadProjectFile(f"{file.name}: there is no command {_shown(name)}{_near(name, commands)}")
        if not isinstance(table, dict):
            raise BadProjectFile(f"{file.name}: {name} is to be a table, as in [{name}]")
    return file


def options_of(file: ProjectFile, command: str, parser: argparse.ArgumentParser) -> dict[str, Any]:
    """The options that the file gives to a command, by their destinations, as the parser would have read them.

    Raises BadProjectFile for a key that is no option of the command, and for a value that the option does not take.
    """
    actions = _actions(parser)
    options: dict[str, Any] = {}
    for key, value in file.tables.get(command, {}).items():
        where = f"{file.name}, [{command}]"
        if (action := actions.get(key.replace("_", "-"))) is None:
            raise BadProjectFile(f"{where}: there is no option {_shown(key)}{_near(key, actions)}")
        try:
            options[action.dest] = _value(action, value)
        except (argparse.ArgumentTypeError, TypeError, ValueError) as error:
            raise BadProjectFile(f"{where}, {key}: {' '.join(str(error).split())[:200]}") from None
    return options


def parse_with(
    file: ProjectFile, parser: argparse.ArgumentParser, given: list[str], options: argparse.Namespace
) -> None:
    """Parse the command line into `options`, with the file's options where the command line says nothing."""
    command = given[0]
    (commands,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    one: argparse.ArgumentParser = commands.choices[command]
    from_file = options_of(file, command, one)
    defaults = {action.dest: action.default for action in one._actions}
    for action in one._actions:
        if action.dest in from_file:
            action.default, action.required = argparse.SUPPRESS, False
    parser.parse_args(given, options)
    said = {each.dest for each in one._actions if getattr(options, each.dest, each.default) != each.default}
    for name, value in from_file.items():
        if name in said and isinstance(value, list) and name in ("settings", "arguments"):
            value = [*value, *getattr(options, name)]  # of two values for one name the last one counts
        elif name in said:
            continue
        elif _excluded(one, name, said):
            value = defaults[name]
        setattr(options, name, value)


def _excluded(parser: argparse.ArgumentParser, name: str, said: set[str]) -> bool:
    """Whether the command line gives an option that excludes this one."""
    groups = ([action.dest for action in group._group_actions] for group in parser._mutually_exclusive_groups)
    return any(name in group and said & {*group} for group in groups)


def _actions(parser: argparse.ArgumentParser) -> dict[str, argparse.Action]:
    """The options by their long names, and those that have none by what they are called inside (`settings`)."""
    actions = {}
    for action in parser._actions:
        names = [name for name in action.option_strings if name.startswith("--")]
        if action.option_strings and "--help" not in names:
            actions.update({name.removeprefix("--"): action for name in names or [f"--{action.dest}"]})
    return actions


def _value(action: argparse.Action, value: Any) -> Any:
    if action.nargs == 0:
        if not isinstance(value, bool):
            raise TypeError("this is to be true or false")
        return value
    if isinstance(action, argparse._AppendAction):
        return _values(action, value)
    if isinstance(value, bool | list | dict) or not isinstance(value, _SCALARS):
        raise TypeError("this is to be a text or a number")
    return _read_by(action, value)


def _values(action: argparse.Action, value: Any) -> list[Any]:
    if isinstance(value, dict) and all(isinstance(each, _SCALARS) for each in value.values()):
        value = [f"{name}={each}" for name, each in value.items()]
    given = value if isinstance(value, list) else [value]
    if not all(isinstance(each, _SCALARS) and not isinstance(each, bool) for each in given):
        raise TypeError("this is to be a text, or a list of texts")
    read = [_read_by(action, each) for each in given]
    return [one for each in read for one in each] if isinstance(action, argparse._ExtendAction) else read


def _read_by(action: argparse.Action, value: Any) -> Any:
    """A value as the option reads it from the command line."""
    read = action.type(str(value)) if callable(action.type) else str(value)
    if action.choices is not None and read not in action.choices:
        raise ValueError(f"not one of {', '.join(map(str, action.choices))}: {value}")
    return read


def _near(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name.replace("_", "-"), known, n=1)
    return f"; did you mean {near[0]}?" if near else f" (there are {', '.join(known)})" if len(known) < 20 else ""


def _shown(name: str) -> str:
    return repr(name[:60])
