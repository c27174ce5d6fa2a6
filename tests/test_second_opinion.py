"""HTML through the same labels and stories, with trafilatura's opinion of what the text is."""

from __future__ import annotations

from cleaners import Page, clean, clean_page
from cleaners.second_opinion import kept_lines
from tests.made_pages import STORY

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
    assert kept_lines("<html></html>") == frozenset()
    assert kept_lines("") == frozenset()
