"""A story comes out, told what it is from, wherever it stands and whatever the address of its page says."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page

HEADLINE = "Harbour bridge opens after four years"
STORY = [
    "The harbour bridge opened to traffic on Monday after four years of work, the city council said in a statement.",
    "Engineers had found cracks in two of the piers in the spring, and the opening was put off twice for repairs.",
    "“We waited until we were sure”, said Hanna Brand, who leads the works department. “Nobody wants it closed again.”",
    "About nine thousand cars a day are expected to cross, which would take half of the traffic from the old tunnel.",
    "The council will decide in autumn whether a tram line follows, as three districts on the east bank have asked.",
]
GERMAN = [
    "Die neue Hafenbrücke ist am Montag nach vier Jahren Bauzeit für den Verkehr freigegeben worden.",
    "Im Frühjahr hatten Ingenieure Risse in zwei Pfeilern entdeckt, und die Eröffnung wurde zweimal verschoben.",
    "Rund neuntausend Autos sollen die Brücke täglich befahren, was den alten Tunnel um die Hälfte entlasten würde.",
]
SECTIONS = "News Sport Culture Weather Travel Food".split()
NAVIGATION = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in SECTIONS)
TEASERS = "".join(f'<li><a href="/s/{n}">Headline {n} about another thing</a></li>' for n in range(30))
COMMENTS = "".join(
    f'<div class="comment"><b>user{n}</b> <span>{n} hours ago</span><p>I do not agree with this at all, and they '
    'should have asked us first, as everybody knows.</p><a href="#">Reply</a></div>'
    for n in range(25)
)


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


H1 = f"<h1>{HEADLINE}</h1>"
WHOLE = H1 + paragraphs(STORY)


def page(body: str, path: str) -> Page:
    content = (
        f"<html><head><title>{HEADLINE}</title></head><body><nav><ul>{NAVIGATION}</ul></nav>{body}"
        "<footer><p>© 2026 Gazette</p></footer></body></html>"
    )
    return Page(content, url=f"https://gazette.example{path}")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        pytest.param(f'<form action="/x">{WHOLE}<input type="submit"></form>', "/story/bridge", id="form"),
        pytest.param(f"<table><tr><td>{TEASERS}</td><td>{WHOLE}</td></tr></table>", "/story/bridge", id="table"),
        pytest.param(f"<pre>{H1}\n\n" + "\n\n".join(STORY) + "</pre>", "/story/bridge", id="pre"),
        pytest.param(H1 + "<br><br>".join(STORY), "/story/bridge", id="line-breaks"),
        pytest.param(f'{WHOLE}<div id="comments"><h3>25 comments</h3>{COMMENTS}</div>', "/story/1", id="comments"),
        pytest.param(f"<ul>{TEASERS}</ul>{WHOLE}<ul>{TEASERS}</ul>", "/", id="front-page"),
        pytest.param(f"{WHOLE}<ul>{TEASERS}</ul>", "/tag/bridges/", id="tag-page"),
        pytest.param(f'{H1}<img src="a.jpg">{paragraphs(STORY)}', "/gallery/bridges-2026", id="gallery"),
        pytest.param(f'{H1}<video src="a.mp4"></video>{paragraphs(STORY)}', "/video/2026/bridge", id="video"),
        pytest.param(WHOLE, "/search?q=bridge", id="search"),
        pytest.param(
            "<h1>Bridge model kit</h1><p>Price: €49.90</p><button>Add to cart</button>"
            f"<h2>{HEADLINE}</h2>{paragraphs(STORY)}",
            "/product/123",
            id="shop",
        ),
    ],
)
def test_the_whole_story_comes_out(body: str, path: str) -> None:
    articles = clean_page(page(body, path)).articles
    assert len(articles) == 1
    assert all(line in articles[0].text for line in STORY)


@pytest.mark.parametrize(("path", "kind"), [("/search?q=bridge", "search"), ("/story/bridge", "article")])
def test_the_record_states_what_its_page_is(path: str, kind: str) -> None:
    (article,) = clean_page(page(WHOLE, path)).articles
    assert article.kind == kind


def test_a_page_in_two_languages_loses_neither() -> None:
    both = f"{WHOLE}<h1>Hafenbrücke nach vier Jahren eröffnet</h1>{paragraphs(GERMAN)}"
    text = "\n".join(article.text for article in clean_page(page(both, "/story/bridge")).articles)
    assert all(line in text for line in STORY + GERMAN)


def test_a_story_of_one_sentence_is_one() -> None:
    (article,) = clean_page(page(H1 + paragraphs(STORY[:1]), "/story/bridge")).articles
    assert article.text.splitlines()[-1] == STORY[0]
