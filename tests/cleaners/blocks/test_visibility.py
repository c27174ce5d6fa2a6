from __future__ import annotations

import pytest

from cleaners.blocks.html import html_blocks, parse


def texts(html: str) -> list[str]:
    return [block.text for block in html_blocks(parse(html))]


@pytest.mark.parametrize(
    "html",
    [
        "<div id=app aria-hidden=true><main><p>Harbour</p></main></div>",
        "<body aria-hidden=true><p>Harbour</p>",
        "<div aria-hidden=true><article><p>Harbour</p></article></div>",
        "<div aria-hidden=true><h1>Harbour</h1></div>",
        "<body style='visibility:hidden'><p>Harbour</p>",
        "<div class='subscriber-only' style='display:none'><p>Harbour</p></div>",
        "<div class='premium-content' hidden><p>Harbour</p></div>",
        "<p style='position:absolute'>Harbour</p>",
        "<p style='background:url(/none/hidden.png)'>Harbour</p>",
    ],
)
def test_seen(html: str) -> None:
    assert texts(html) == ["Harbour"]


@pytest.mark.parametrize(
    "html",
    [
        "<p style='visibility: hidden'>Harbour</p>",
        "<p style='Display: None'>Harbour</p>",
        "<p hidden>Harbour</p>",
        "<a><span style='position:absolute; clip: rect(0 0 0 0)'>(opens in a new window)</span></a>",
        "<span style='clip-path: inset(50%); position: absolute'>(öffnet ein neues Fenster)</span>",
        "<div aria-hidden=true><p>Harbour</p></div>",
        "<article></article><div aria-hidden=true><article><h2>A slide</h2></article></div>",
        "<div class='subscriber-only encrypted-content' style='display:none'>%2C3@FC</div>",
    ],
)
def test_unseen(html: str) -> None:
    assert texts(html) == []


def test_a_great_many_wrappers() -> None:
    assert texts("<div aria-hidden=true>" * 1_000 + "<main>" * 900 + "Harbour") == ["Harbour"]
    assert texts("<i aria-hidden=true>x</i>" * 50_000 + "<h1>Harbour</h1>" * 50_000) == ["Harbour"] * 50_000
