"""What `-s NAME=VALUE` may say: a name that is nearly one of ours is a slip, and a number has to be one."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, Settings

from cleaners.errors import CopydeskError

_NEAR = 0.85
"""How alike a name has to be to count as a slip: add-ons have settings of names that nobody here knows."""

_BOOLEANS = frozenset({"0", "1", "true", "false"})


class BadSetting(CopydeskError):
    """A setting has a value that it cannot take, or a name that is nearly one that is known."""


def check_changes(settings: BaseSettings) -> None:
    """Raise BadSetting for the first setting that the command line changes in a way that cannot be meant."""
    usual = Settings()
    usual.setmodule("scraper.settings", priority="project")
    for name in settings:
        if settings.getpriority(name) == SETTINGS_PRIORITIES["cmdline"]:
            _check(name, settings.get(name), usual)


def _check(name: str, value: object, usual: BaseSettings) -> None:
    if name not in usual:
        _check_name(name, list(usual))
    elif isinstance(value, str) and not _fits(value, usual.get(name)):
        wanted = "True or False" if isinstance(usual.get(name), bool) else "a number"
        raise BadSetting(f"-s {name}: this is to be {wanted}, not {value[:60]!r}")


def _check_name(name: str, known: Collection[str]) -> None:
    if near := get_close_matches(name.upper(), known, n=1, cutoff=_NEAR):
        raise BadSetting(f"-s: there is no setting {name[:60]!r}; did you mean {near[0]}?")


def _fits(value: str, before: object) -> bool:
    if isinstance(before, bool):
        return value.lower() in _BOOLEANS
    if not isinstance(before, int | float):
        return True
    try:
        float(value)
    except ValueError:
        return False
    return True
