"""Whole stories one below another on an HTML page, and pages whose parts only look like stories."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page

STORIES = {
    "Bridge opens after four years": [
        "The harbour bridge opened to traffic on Monday after four years of work in the rain, the council said.",
        "Engineers had found cracks in two of the piers in the spring, so the opening was put off twice.",
        "About nine thousand cars a day are expected to cross, which would take half of the traffic from the tunnel.",
    ],
    "Museum buys letters of a poet": [
        "The municipal museum has bought forty letters of the poet Ines Falk at an auction, its director said.",
        "The letters were written to a cousin between 1921 and 1934 and had been in a cellar before they were found.",
        "They will be shown from March, beside the manuscripts that the museum has owned since the poet's death.",
    ],
    "Rovers lose at home for the third time": [
        "Rovers lost their third home match in a row on Saturday, a 2-0 defeat that leaves them last but one.",
        "Both goals came in the final ten minutes after a red card for the goalkeeper, who had brought down a striker.",
        "“We have to stay calm now,” the coach said after the match. The next game is away, against the leaders.",
    ],
}
GERMAN = {
    "Hafenbrücke nach vier Jahren eröffnet": [
        "Die neue Hafenbrücke ist am Montag nach vier Jahren Bauzeit freigegeben worden, teilte die Stadt mit.",
        "Im Frühjahr hatten Ingenieure Risse in zwei Pfeilern entdeckt, und die Eröffnung wurde verschoben.",
        "Rund neuntausend Autos sollen die Brücke täglich befahren, was den Tunnel um die Hälfte entlasten würde.",
    ],
    "Bäckerei am Markt wird nach neunzig Jahren verkauft": [
        "Die älteste Bäckerei am Marktplatz ist an eine Kette verkauft worden, wie ihr Inhaber bestätigte.",
        "Sein Großvater hatte den Laden 1934 eröffnet, und drei Generationen haben darin gearbeitet.",
        "Die neuen Eigentümer wollen den Namen und die Angestellten behalten, das Brot kommt aus einer Fabrik.",
    ],
}


def page(body: str) -> Page:
    return Page(
        f'<html><body><nav><a href="/a">News</a> <a href="/b">Sport</a></nav><main>{body}</main></body></html>',
        url="https://gazette.example/2026/01/02/bridge",
    )


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def in_articles(title: str, lines: list[str], tag: str = "h2") -> str:
    return f"<article><{tag}>{title}</{tag}>{paragraphs(lines)}</article>"


def signed(title: str, lines: list[str], day: str = "2 January 2026", by: str = "By Anna Meier") -> str:
    time = f'<time datetime="2026-01-02">{day}</time>'
    return f'<h1>{title}</h1><p class="byline">{by}</p>{time}{paragraphs(lines)}'


@pytest.mark.parametrize(
    ("stories", "body"),
    [
        pytest.param(STORIES, "".join(in_articles(*each) for each in STORIES.items()), id="articles"),
        pytest.param(GERMAN, "".join(in_articles(*each, "h1") for each in GERMAN.items()), id="articles-german"),
        pytest.param(STORIES, "".join(signed(*each) for each in STORIES.items()), id="signed-in-one-box"),
        pytest.param(
            GERMAN,
            "".join(signed(*each, "2. Januar 2026", "Von Anna Meier") for each in GERMAN.items()),
            id="signed-in-one-box-german",
        ),
    ],
)
def test_each_story_is_one(stories: dict[str, list[str]], body: str) -> None:
    articles = clean_page(page(body)).articles
    assert len(articles) == len(stories)
    assert [article.title for article in articles[1:]] == list(stories)[1:]
    for article, lines in zip(articles, stories.values(), strict=True):
        assert all(line in article.text for line in lines)
        assert not any(line in article.text for other in stories.values() if other != lines for line in other)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "<h1>Storm over the valley: the day as it was</h1>"
            + "".join(
                in_articles(f"{hour}:15 {title}", lines, "h3") for hour, (title, lines) in enumerate(STORIES.items(), 9)
            ),
            id="live-column",
        ),
        pytest.param(
            "<article><h1>What the city decided this week</h1>"
            + "".join(f"<h2>{title}</h2>{paragraphs(lines)}" for title, lines in STORIES.items())
            + "</article>",
            id="feature-with-subheadings",
        ),
    ],
)
def test_parts_of_one_story_stay_together(body: str) -> None:
    assert len(clean_page(page(body)).articles) == 1
