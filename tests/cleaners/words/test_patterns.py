"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from cleaners.words.patterns import lazy_pattern


def test_a_lazy_pattern_does_what_the_pattern_does() -> None:
    lazy, eager = lazy_pattern(r"(?P<word>[a-z]+)\d?", re.IGNORECASE), re.compile(r"(?P<word>[a-z]+)\d?", re.IGNORECASE)
    assert (lazy.pattern, lazy.flags, lazy.groups) == (eager.pattern, eager.flags, eager.groups)
    for text in ("One 2", "", "3 Four"):
        assert [match.span() for match in lazy.finditer(text)] == [match.span() for match in eager.finditer(text)]
        assert (lazy.sub("-", text), lazy.split(text)) == (eager.sub("-", text), eager.split(text))
        assert bool(lazy.fullmatch(text, 0, 3)) == bool(eager.fullmatch(text, 0, 3))


def test_a_mistake_is_raised_by_the_first_use() -> None:
    lazy = lazy_pattern("(")
    with pytest.raises(re.error):
        lazy.search("")


def test_to_load_the_pipeline_compiles_none_of_the_long_patterns() -> None:
    code = """
import re, re._compiler as compiler
lengths, compile = [], compiler.compile
compiler.compile = lambda source, flags=0: lengths.append(len(source)) or compile(source, flags)
import cleaners.pipeline
print(max(lengths))
"""
    longest = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert int(longest) < 1000
