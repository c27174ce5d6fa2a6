"""The examples in docstrings run, and every public function has one."""

from __future__ import annotations

import doctest
import inspect
from importlib import import_module

import pytest

import cleaners
from tests.support.paths import ROOT

MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in ("cleaners", "scraper", "bench")
    for path in sorted((ROOT / package).rglob("*.py"))
    if path.name != "__main__.py" and ">>> " in path.read_text("utf-8")
]
"""The modules that hold an example."""

FUNCTIONS = [name for name in cleaners.__all__ if inspect.isfunction(getattr(cleaners, name))]


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_show(name: str) -> None:
    try:
        module = import_module(name)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] in ("cleaners", "scraper", "bench"):
            raise
        pytest.skip(f"{missing.name} is not installed, which {name} needs")
    failed, tried = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert tried, "the examples stand where doctest does not look: in no docstring"
    assert not failed


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_has_an_example(name: str) -> None:
    assert ">>> " in (inspect.getdoc(getattr(cleaners, name)) or "")


def test_a_wrong_example_is_found() -> None:
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, None)
    assert doctest.DocTestRunner().run(wrong, out=lambda _: None).failed == 1
