"""The names that users import: each stays where it was, under every path that it ever had."""

from __future__ import annotations

import importlib

import pytest

import cleaners

PATHS = {
    "clean": ("cleaners", "cleaners.clean", "cleaners.pipeline"),
    "clean_page": ("cleaners", "cleaners.clean", "cleaners.pipeline"),
    "read_articles": ("cleaners", "cleaners.records.reader"),
    "Page": ("cleaners", "cleaners.data"),
    "Article": ("cleaners", "cleaners.data"),
}


@pytest.mark.parametrize(("name", "module"), [(name, module) for name, modules in PATHS.items() for module in modules])
def test_a_public_name_is_the_same_under_each_path(name: str, module: str) -> None:
    assert getattr(importlib.import_module(module), name) is getattr(cleaners, name)


def test_the_module_clean_does_not_hide_the_function() -> None:
    importlib.import_module("cleaners.clean")
    assert callable(cleaners.clean)


def test_every_public_name_is_there() -> None:
    assert [name for name in cleaners.__all__ if not hasattr(cleaners, name)] == []
