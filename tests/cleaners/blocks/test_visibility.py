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
        "<figure><div><p class='figure-caption' aria-hidden=true>Harbour</p></div></figure>",
        "<figure><figcaption aria-hidden=true>Harbour</figcaption></figure>",
        "<body style='visibility:hidden'><p>Harbour</p>",
        "<div class='subscriber-only' style='display:none'><p>Harbour</p></div>",
        "<div class='premium-content' hidden><p>Harbour</p></div>",
        "<div class='subscriber-premium' hidden><p>Harbour</p></div>",
        "<p style='position:absolute'>Harbour</p>",
        "<p style='position:absolute;left:-20px'>Harbour</p>",
        "<p style='margin-left:-9999px'>Harbour</p>",
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
        "<span style='position: absolute; left: -9999px'>(otvara se u novom prozoru)</span>",
        "<span style='position:fixed;top:-100em'>(otvara se u novom prozoru)</span>",
        "<h2 style='text-indent:-10000px'>Logo</h2>",
        "<div aria-hidden=true><p>Harbour</p></div>",
        "<div><p class='figure-caption' aria-hidden=true>Harbour</p></div>",
        "<figure><p class='figure-count' aria-hidden=true>Harbour</p></figure>",
        "<article></article><div aria-hidden=true><article><h2>A slide</h2></article></div>",
        "<div class='subscriber-only encrypted-content' style='display:none'>%2C3@FC</div>",
    ],
)
def test_unseen(html: str) -> None:
    assert texts(html) == []


def test_a_great_many_wrappers() -> None:
    assert texts("<div aria-hidden=true>" * 1_000 + "<main>" * 900 + "Harbour") == ["Harbour"]
    assert texts("<i aria-hidden=true>x</i>" * 50_000 + "<h1>Harbour</h1>" * 50_000) == ["Harbour"] * 50_000


SHOWN = "The bridge over the Example opened on Friday after four years of work."
REST = (
    "The work cost a fifth more than the council had planned, it said.",
    "Shopkeepers on both banks hope that customers will now come back.",
)
HIDDEN = "".join(f"<p>{text}</p>" for text in REST)


@pytest.mark.parametrize("button", ["", "<button>Čitaj dalje</button>", "<a href='#'>Több</a><hr>"])
@pytest.mark.parametrize("box", ["div style='display:none'", "section hidden id=full", "div class=more hidden"])
def test_the_hidden_rest_of_a_story_is_read(box: str, button: str) -> None:
    found = texts(f"<div><p>{SHOWN}</p>{button}<{box}>{HIDDEN}</{box.split()[0]}></div>")
    assert [text for text in found if text in (SHOWN, *REST)] == [SHOWN, *REST]


@pytest.mark.parametrize(
    "html",
    [
        f"<h2>Bridge</h2><div hidden>{HIDDEN}</div>",
        f"<p>{SHOWN}</p><div class='modal' hidden>{HIDDEN}</div>",
        f"<p>{SHOWN}</p><div id='tab-2' hidden>{HIDDEN}</div>",
        f"<p>{SHOWN}</p><div hidden><p>{REST[0]}</p></div>",
        f"<p>{SHOWN}</p><div hidden><p>{SHOWN}</p>{HIDDEN}</div>",
        f"<p>{SHOWN}</p><div hidden>{HIDDEN}</div><p>A ferry that ran in the meantime stops in May, it says.</p>",
        f"<p>{SHOWN}</p><ul></ul><ul></ul><ul></ul><div hidden>{HIDDEN}</div>",
        f"<p>Bridge</p><div hidden>{HIDDEN}</div>",
        f"<div><p>{SHOWN}</p></div><div hidden>{HIDDEN}</div>",
    ],
)
def test_another_hidden_box_is_no_rest(html: str) -> None:
    assert REST[1] not in texts(html)


def test_a_great_many_hidden_boxes() -> None:
    assert len(texts(f"<p>{SHOWN}</p>" + "<div hidden><p>a<p>b</div>" * 50_000)) == 1
    assert len(texts(f"<p>{SHOWN}</p>" * 20_000 + f"<div hidden>{HIDDEN * 20_000}</div>")) == 60_000
    assert texts(f"<p style='position:absolute;left:-{'9' * 5_000}'>Harbour</p>") == []


HINTS = {
    "en": "(opens in new tab)",
    "de": "Öffnet in neuem Fenster",
    "fr": "(s’ouvre dans un nouvel onglet)",
    "es": "se abre en una nueva pestaña",
    "nb": "(åpnes i ny fane)",
    "cs": "(otevře se v novém okně)",
    "el": "(ανοίγει σε νέα καρτέλα)",
    "he": "(נפתח בחלון חדש)",
    "zh": "（在新窗口打开）",
    "ko": "새 창에서 열림",
}


@pytest.mark.parametrize("hint", HINTS.values(), ids=HINTS)
def test_what_a_link_says_about_its_window_is_not_seen(hint: str) -> None:
    html = f"<p>The bridge <a href='/b' target='_blank'>opened on Friday<span>{hint}</span></a>.</p>"
    assert texts(html) == ["The bridge opened on Friday."]


def test_a_sentence_about_a_window_stays() -> None:
    html = "<p>The link <a href='/b'>opens in a new window of the browser</a>. External link</p>"
    assert texts(html) == ["The link opens in a new window of the browser. External link"]


@pytest.mark.parametrize(
    "name", ["sr-only", "visually-hidden note", "screen-reader-text", "tooltip-content", "ScreenReader-Only"]
)
def test_hidden_by_the_class_names_of_frameworks(name: str) -> None:
    assert texts(f"<p>The mayor<span class='{name}'>Ana Example, since 2021</span> spoke.</p>") == ["The mayor spoke."]


def test_a_line_of_its_own_is_not_judged_by_such_a_name() -> None:
    assert texts("<p><span class='sr-only'>Menu</span></p>") == ["Menu"]


@pytest.mark.parametrize(
    "card",
    [
        "<span class='card'><a href='/p'>Ana Example</a><a href='/s'>Council delays vote</a></span>",
        "<span class='x'><b>Ana Example</b> Mayor <a href='/s'>Rådet utsetter avstemning</a></span>",
    ],
)
def test_the_card_that_shows_when_a_reader_hovers_over_a_name(card: str) -> None:
    html = f"<p>On Friday <a href='/p'>Ana Example</a>{card} opened the bridge.</p>"
    assert texts(html) == ["On Friday Ana Example opened the bridge."]


def test_a_name_said_twice_is_no_card() -> None:
    html = "<p>On Friday <a href='/p'>Ana</a> <span class='x'>Ana Example</span> spoke of <a href='/b'>it</a>.</p>"
    assert texts(html) == ["On Friday Ana Ana Example spoke of it."]


def test_a_million_empty_spans_behind_a_link() -> None:
    html = "<p>On Friday <a href='/p'>Ana</a>" + "<span class='x'>" * 1_000 + "<b></b>" * 100_000 + "</p>"
    assert texts(html) == ["On Friday Ana"]


def test_what_amp_shows_to_others_is_not_seen() -> None:
    for attribute in ('amp-access="NOT subscriber"', "subscriptions-section='content-not-granted'"):
        assert texts(f"<p>Harbour</p><section {attribute}><p>Subscribe</p></section>") == ["Harbour"]
    for attribute in ("amp-access=subscriber amp-access-hide", "subscriptions-section=content"):
        assert texts(f"<p>Harbour</p><section {attribute}><p>Ferry</p></section>") == ["Harbour", "Ferry"]
