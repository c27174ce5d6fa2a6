"""What trafilatura is asked for, and when."""

from __future__ import annotations

import pytest

from cleaners import Label, Page, Verdict, clean, clean_page
from cleaners.label import html, second_opinion
from cleaners.label.second_opinion import (
    LONGEST_BROKEN_JSON,
    LONGEST_JSON,
    LONGEST_METAS,
    MOST_CHARACTERS,
    MOST_TAGS,
    date,
    facts,
    main_text,
)
from tests.support.made_pages import STORY

HTML = f"""<!doctype html><html lang="en"><head><title>{STORY.headline} | Example Times</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/town">Town</a></li></ul></nav>
<article><h1>{STORY.headline}</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in STORY.body)}
<figure><img src="a.jpg"><figcaption>{STORY.captions[0][0]} ({STORY.captions[0][1]})</figcaption></figure>
</article><aside><a href="/b">Another story that you may like to read today</a></aside>
<footer>All rights reserved.</footer></body></html>"""


def test_html_becomes_an_article() -> None:
    (article,) = clean(HTML)
    assert article.text.split("\n") == list(STORY.body)
    assert article.title == STORY.headline
    assert [caption.credit for caption in article.captions] == ["AP Photo/Ana Example"]


def test_every_block_is_in_the_audit() -> None:
    blocks = clean_page(Page(HTML)).blocks
    assert {block.text for block in blocks} >= {"Home", "Town", "All rights reserved.", *STORY.body}


def test_a_page_that_trafilatura_finds_nothing_on() -> None:
    assert main_text("<html></html>") == ""
    assert main_text("") == ""


def test_trafilatura_is_asked_where_the_scorer_sees_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Verdict(Label.NAVIGATION, "scorer", 0.9)
    monkeypatch.setattr(html, "score_html", lambda blocks, *_: [nothing] * len(blocks))
    cleaned = clean_page(Page(HTML), any_page=True)
    assert set(STORY.body) <= set(cleaned.articles[0].text.split("\n"))
    assert {block.verdict.rule for block in cleaned.blocks if block.label is Label.BODY} == {"second-opinion"}


def test_the_date_that_nothing_else_states() -> None:
    assert facts(f'<meta name="dc.date" content="2026-03-07"><p>{STORY.body[0]}</p>').date_published == "2026-03-07"
    assert date(f'<meta name="dc.date" content="2026-03-07"><p>{STORY.body[0]}</p>') == "2026-03-07"


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "<p>2026-13-77", "\0<<<" * 1000, "<div>" * 3000 + "7 March 2026"]
)
def test_a_page_of_which_nothing_tells_the_date(page: str) -> None:
    assert date(page) is None


def test_only_the_date_is_asked_for_where_nothing_else_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_opinion, "date", lambda page, address: "2026-03-07")
    monkeypatch.setattr(second_opinion, "facts", lambda page: pytest.fail("more was asked for"))
    assert clean(HTML)[0].date_published == "2026-03-07"
    assert clean(HTML)[0].publisher == "Example Times"


def test_no_publisher_is_made_of_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_opinion, "facts", lambda page: pytest.fail("more was asked for"))
    page = HTML.replace(" | Example Times</title>", '</title><link rel="canonical" href="https://times.example/a">')
    (article,) = clean(page, url="https://times.example/a")
    assert (article.title, article.date_published, article.publisher) == (STORY.headline, None, None)


LATE = '<title>Late</title><meta name="dc.date" content="2026-03-07"><p>' + "The pier opened again on Tuesday. " * 9


@pytest.mark.parametrize("filler", ["<b></b>" * (MOST_TAGS // 2), "<!--" + "x" * MOST_CHARACTERS + "-->"])
def test_only_the_beginning_of_a_huge_page_is_looked_at(filler: str) -> None:
    """Its time grows with the square of a page: 100,000 links took over 90 seconds."""
    assert main_text(LATE).startswith("The pier")
    assert "The pier" not in main_text(filler + LATE)
    assert date(LATE) == "2026-03-07"
    assert date(filler + LATE) is None
    assert facts(LATE).date_published == "2026-03-07"
    assert facts(filler + LATE).date_published is None


def test_a_page_of_100_000_links_is_read() -> None:
    article, *_ = clean(HTML.replace("</article>", "<a href=/x>x</a>" * 100_000 + "</article>"), any_page=True)
    assert set(STORY.body) <= set(article.text.split("\n"))


AUTHOR = '"author": {"@type": "Person", "name": "Ana Example"}'
TYPE = '"@context": "https://schema.org", "@type": "NewsArticle"'
LD = '<script type="application/ld+json">'


@pytest.mark.parametrize(
    ("script", "authors"),
    [
        (f'{{{TYPE}, "headline": "x", {AUTHOR}}}', ("Ana Example",)),
        (
            f'{{{TYPE}, "headline": "{"x" * LONGEST_BROKEN_JSON}", {AUTHOR}}}',
            ("Ana Example",),
        ),
        (
            f'{{{TYPE}, "headline": "{"x" * LONGEST_JSON}", {AUTHOR}}}',
            (),
        ),
        (f"{{{TYPE}, {AUTHOR}", ("Ana Example",)),
        (f"{{{TYPE}, {AUTHOR}{' ' * LONGEST_BROKEN_JSON}", ()),
    ],
)
def test_json_is_looked_at_where_it_is_short_or_sound(script: str, authors: tuple[str, ...]) -> None:
    assert facts(f"<title>Pier opens</title>{LD}{script}</script><p>a").authors == authors


@pytest.mark.parametrize(
    "head",
    [
        LD + '{"author":"name"""' * 20_000 + "</script>",
        LD + "<!-- " * 50_000 + "</script>",
        (LD + '{"author":"name"""' * 100 + "</script>") * 200,
        LD + "[" * 5_000 + "]" * 5_000 + "</script>",
        LD + '"\\u0022author&quot;' * 3_000 + '"</script>',
        '<meta name="author" content="' + "(" * 1_000_000 + '">',
        ('<meta name="author" content="' + "(" * 5_000 + '">') * 200,
        '<script type="ld+json' * 50_000,
        "<meta " * 100_000,
    ],
)
def test_what_a_page_states_in_vain_takes_no_hours(head: str) -> None:
    """Patterns of trafilatura's whose time grows with the square or the cube of the text."""
    assert facts(f"<html><head><title>Pier opens</title>{head}</head><p>a</html>").date_published is None


def test_other_json_stays() -> None:
    """Forums keep their posts, and the date, in a script whose JSON is no JSON-LD."""
    page = f'<title>A pier</title><script type="application/json">{{"day": "2026-03-07"{" " * LONGEST_JSON}</script>'
    assert second_opinion._stated(page) == page


def test_long_meta_tags_are_looked_at_within_a_budget() -> None:
    long = f'<meta name="x" content="{"y" * LONGEST_METAS}">'
    stated = facts(f'<html><head><title>A pier</title>{long}<meta name="author" content="Ana Example"></head><p>a')
    assert stated.authors == ("Ana Example",)


@pytest.mark.parametrize("line", ["31/02/2026", "2026-02-30", "30.02.2026", "February 2026"])
def test_a_day_that_does_not_exist_is_not_the_first_of_its_month(line: str) -> None:
    assert date(f"<html><body><h1>Pier</h1><p class=date>{line}</p><p>{STORY.body[0]}</p>") is None


def test_the_first_of_a_month_is_a_day_where_the_page_shows_it() -> None:
    assert date(f'<meta name="dc.date" content="2026-03-01"><p>{STORY.body[0]}</p>') == "2026-03-01"
