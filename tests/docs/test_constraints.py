"""constraints.txt fits pyproject.toml."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.support.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
INSTALLED_BY_CI = ("report", "web-poet", "datatrove", "analysis", "redis", "parquet", "javascript", "docs", "dev")
REQUIREMENTS = [Requirement(each) for each in PROJECT["dependencies"]] + [
    Requirement(each)
    for extra in INSTALLED_BY_CI
    for each in PROJECT["optional-dependencies"][extra]
    if not each.startswith("copydesk[")
]


def versions() -> dict[str, list[str]]:
    """The tested versions by name; some names have one for old and one for new Pythons."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / "constraints.txt").read_text().splitlines():
        name, version = line.partition(" ;")[0].split("==")
        found.setdefault(name, []).append(version)
    return found


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)
def test_each_dependency_has_a_tested_version_that_is_allowed(requirement: Requirement) -> None:
    tested = versions().get(re.sub(r"[-_.]+", "-", requirement.name).lower(), [])
    assert tested, f"{requirement.name} is missing: make constraints"
    assert all(version in requirement.specifier for version in tested)
