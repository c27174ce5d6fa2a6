"""Pages in the markup of an earlier time have the words of their originals, in order."""

from __future__ import annotations

from random import Random

from lxml import html

from bench.pages.aged import aged
from cleaners.blocks.html import html_blocks, parse

PAGE = (
    '<html><head><meta name="keywords" content="bridge"><title>The bridge</title></head><body>'
    "<header>Town news</header>"
    '<main class="story"><h1>The bridge opens</h1><p>It opened <b>today</b>.</p><figure><img src="/b.jpg">'
    "<figcaption>The bridge on Monday.</figcaption></figure><p>Buses go again.</p></main></body></html>"
)


def test_an_aged_page_has_the_words_of_its_original() -> None:
    words = [word for block in html_blocks(parse(PAGE)) for word in block.text.split()]
    seen = set()
    for seed in range(60):
        tree = aged(html.document_fromstring(PAGE), Random(seed))
        assert [word for block in html_blocks(tree) for word in block.text.split()] == words
        seen |= {element.tag for element in tree.iter()} | {name for element in tree.iter() for name in element.attrib}
    assert {"table", "br", "font", "b", "class", "meta"} <= seen
