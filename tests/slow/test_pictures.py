"""What `explain --html` and `report` look like in Chromium: on a desk and on a phone, light and dark."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import Browser, needs_chromium
from tests.support.command import copydesk
from tests.support.paths import ROOT

pytestmark = needs_chromium

PAGES = ROOT / "tests" / "whole" / "pages"
LOOKS = [(width, dark) for width in (1200, 500) for dark in (False, True)]
HEIGHT = 900

LONG_NAMES = (
    "WWW.MEHRMOMMSENMWMW.EXAMPLE.COM",
    "北京の長い名前を持つ新聞社とその地方版の編集部一同",
    "हिन्दी समाचार पत्र का बहुत लंबा नाम",
    "خبرگزاری با نامی بسیار بلند و طولانی",
    "a.example",
)
"""Outlets whose names are wide in every font."""

CUT_OFF = """
[...document.querySelectorAll('svg text')].filter((text) => {
  const own = text.getBoundingClientRect(), chart = text.closest('svg').getBoundingClientRect();
  return own.left < chart.left - 1 || own.right > chart.right + 1 || own.top < chart.top - 1
    || own.bottom > chart.bottom + 1;
}).map((text) => text.textContent)
"""
"""The texts of charts that reach beyond them."""

FAINT = """
(() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => parts(color).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (; element; element = element.parentElement) {
      const color = getComputedStyle(element).backgroundColor;
      if (parts(color)[3] !== 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const holds = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.body.querySelectorAll('*')].filter((element) => holds(element) && element.offsetParent)
    .map((element) => {
      const [one, other] = [getComputedStyle(element).color, behind(element)].map(light).sort((a, b) => b - a);
      return [(one + 0.05) / (other + 0.05), element.className + ': ' + element.textContent.trim().slice(0, 30)];
    }).filter(([contrast]) => contrast < 4.5);
})()
"""
"""Texts with less contrast than WCAG 2 asks for (AA), with the contrast."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Explanations of our own pages, and a report of them with outlets of long names."""
    folder = tmp_path_factory.mktemp("pictures")
    for name in ("author-box-fr.html", "bylines-pt.html"):
        shutil.copy(PAGES / name, folder)
        told(folder, "explain", name, "--html", f"{Path(name).stem}.why.html")
    told(folder, "clean", str(PAGES), "-o", "run/articles.jsonl", "--audit", "run/audit.jsonl")
    records = [json.loads(line) for line in (folder / "run" / "articles.jsonl").read_text("utf-8").splitlines()]
    for number, record in enumerate(records):
        record["publisher"] = LONG_NAMES[number % len(LONG_NAMES)]
    lines = (json.dumps(record) + "\n" for record in records)
    (folder / "run" / "articles.jsonl").write_text("".join(lines), "utf-8")
    told(folder, "trace", "run/articles.jsonl", "-o", "run/trace.jsonl")
    told(folder, "report", "run", "-o", "report.html")
    return folder


def told(folder: Path, *arguments: str) -> None:
    (folder / "run").mkdir(exist_ok=True)
    run = copydesk(folder, *arguments)
    assert run.returncode == 0, run.stderr


def looked_at(browser: Browser, file: Path, width: int, dark: bool) -> None:
    """Open the file, which must fit, load nothing, be readable, and have the colours that were asked for."""
    browser.look(width, dark=dark, height=HEIGHT)
    browser.open(file)
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert browser.requested() == [file.as_uri()]
    assert browser.complaints() == []
    assert browser.evaluate(FAINT) == []
    paper: str = browser.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, paper[4:-1].split(","))) < 3 * 128) == dark


@pytest.mark.parametrize(("width", "dark"), LOOKS)
@pytest.mark.parametrize("page", ["author-box-fr", "bylines-pt"])
def test_the_story_is_on_the_first_screen(browser: Browser, folder: Path, page: str, width: int, dark: bool) -> None:
    looked_at(browser, folder / f"{page}.why.html", width, dark)
    bottoms: list[Any] = browser.evaluate(
        "[...document.querySelectorAll('.block[data-label=body]')].map((block) => block.getBoundingClientRect().bottom)"
    )
    assert bottoms[0] < HEIGHT


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_a_report_shows_its_names_whole(browser: Browser, folder: Path, width: int, dark: bool) -> None:
    looked_at(browser, folder / "report.html", width, dark)
    assert browser.evaluate("document.querySelectorAll('svg').length") >= 6
    assert browser.evaluate(CUT_OFF) == []


def test_a_text_that_is_cut_off_or_faint_is_found(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<body style='background: #fff'><svg width=90 height=20 style='display: block'><text x=80 y=15>A long name"
        "</text></svg><p class=faint style='color: #999'>Faint</p><p style='color: #555'>Plain</p>"
    )
    browser.look(500)
    browser.open(page)
    assert browser.evaluate(CUT_OFF) == ["A long name"]
    assert [text for _, text in browser.evaluate(FAINT)] == ["faint: Faint"]
