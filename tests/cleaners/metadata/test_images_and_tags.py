"""Pictures, tags, the licence and free access, as pages state them."""

from __future__ import annotations

import json

import pytest

from cleaners import Article, clean
from cleaners.data import Image
from cleaners.metadata.images import Figure, largest, story_images
from cleaners.metadata.tags import LONGEST_TAG, MOST_TAGS, tags_of

TEXT = "The council of the two towns met on Monday and agreed to share one fire engine after a long talk."
WORDS = "The fire engine on the bridge between the two towns, on Monday."


def article(head: str = "", story: str = "", **stated: object) -> Article:
    """The article of a page with this in its head, in its story, and in its JSON-LD."""
    data = json.dumps({"@type": "NewsArticle", "headline": "Towns share an engine", **stated})
    page = (
        f'<html><head>{head}<script type="application/ld+json">{data}</script></head><body><article>'
        f"<h1>Towns share an engine</h1><p>{TEXT}</p>{story}<p>{TEXT} It was late.</p><p>{TEXT} They left.</p>"
    )
    (found,) = clean(page, url="https://news.example/2026/a", any_page=True)
    return found


def figure(picture: str, words: str = WORDS) -> str:
    return f"<figure>{picture}<figcaption>{words} Photo: Ana Example</figcaption></figure>"


def test_the_lead_comes_first_and_has_the_words_of_its_figure() -> None:
    found = article(
        '<meta property="og:image" content="/i/engine-1200x630.jpg">', figure('<img src="/i/engine.jpg" alt="Red">')
    )
    assert found.images == (Image("https://news.example/i/engine-1200x630.jpg", "Red", WORDS, "Ana Example"),)


@pytest.mark.parametrize(
    "story",
    [
        f'<figure><amp-img src="/i.jpg"></amp-img></figure><figcaption>{WORDS}</figcaption>',
        f'<div><figure><img src="/i.jpg"></figure><figcaption>{WORDS}</figcaption></div>',
        f'<div class="group"><div><img src="/i.jpg"></div><p class="imageCaption">{WORDS}</p></div>',
        f'<div class="wp-caption"><img src="/i.jpg"><p class="wp-caption-text">{WORDS}</p></div>',
        figure('<img src="/i.jpg">', f"Enlarge / {WORDS}"),
        f'<figure><img src="/i.jpg"><figcaption><div>Photo: Ana Example</div><div>{WORDS}</div></figcaption></figure>',
        figure('<made-site-image src="/i.jpg"></made-site-image>'),
        figure(
            '<div><meta itemprop="contentUrl" content="/i.jpg"><img src="data:image/png;base64,AA" data-x="{}"></div>'
        ),
        f'<figure><img src="/i.jpg"><div><div class="a-caption" aria-hidden="true">{WORDS}</div></div></figure>',
    ],
    ids=[
        "amp",
        "beside its figure",
        "class",
        "class of WordPress",
        "control",
        "credit in front",
        "element of the site's own",
        "address in microdata",
        "not for screen readers",
    ],
)
def test_a_picture_has_its_caption_wherever_that_stands(story: str) -> None:
    (image,) = article("", f"<div>{story}</div>").images
    assert (image.url, image.caption) == ("https://news.example/i.jpg", WORDS)


def test_words_far_from_a_picture_are_not_its_caption() -> None:
    story = f'<div><img src="/i.jpg"></div><p>{TEXT}</p><div><div><p class="caption">{WORDS}</p></div></div>'
    assert all(image.caption is None for image in article("", story).images)


@pytest.mark.parametrize(
    "address",
    [
        "https://small.example/1200x630!/quality/75/?url=https%3A%2F%2Fnews.example%2F{}.jpg",
        "https://small.example/combiner/i?img=%2Fphoto%2F2023%2F{}.jpg&amp;w=570",
    ],
)
def test_pictures_of_one_server_that_makes_them_smaller_are_not_one(address: str) -> None:
    other = "A map of the two towns and of the river that runs between them."
    pictures = figure(f'<img src="{address.format("one")}">') + figure(f'<img src="{address.format("two")}">', other)
    assert [image.caption for image in article("", pictures).images] == [WORDS, other]


@pytest.mark.parametrize(
    "words", ["(c) MEGA/WENN", "Getty Images | Ana Example", "Illustration By Ana Example for TIME"]
)
def test_a_credit_alone_is_no_caption(words: str) -> None:
    (image,) = article("", f'<figure><img src="/i.jpg"><figcaption>{words}</figcaption></figure>').images or (None,)
    assert image is None or image.caption is None


def test_figures_follow_in_reading_order() -> None:
    other = "A map of the two towns and of the river that runs between them."
    pictures = figure('<img src="/one.jpg">') + figure('<img src="/two.jpg">', other)
    found = article(
        "", pictures, image={"@type": "ImageObject", "url": "https://img.example/lead.jpg", "caption": "The lead."}
    )
    assert [image.url.rsplit("/", 1)[-1] for image in found.images] == ["lead.jpg", "one.jpg", "two.jpg"]
    assert [image.caption for image in found.images] == ["The lead.", WORDS, other]


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        ('<img src="data:image/gif;base64,R0" data-src="/real.jpg">', "real.jpg"),
        ('<img src="/small.jpg" srcset="/m.jpg 640w, /large.jpg 1280w">', "large.jpg"),
        ('<picture><source srcset="/w.webp 2x, /v.webp 1x"><img src="/i.jpg"></picture>', "w.webp"),
        ('<img src="/a b.jpg">', "a%20b.jpg"),
        ('<img src="javascript:alert(1)">', None),
        (f'<img src="data:image/png;base64,{"A" * 3_000_000}">', None),
        ('<img src="/site-logo.png">', None),
        ('<img src="https://ad.doubleclick.net/x.jpg">', None),
        ('<img src="/pixel.gif">', None),
        ("<img>", None),
    ],
    ids=["lazy", "set", "picture", "space", "script", "data", "logo", "advertisement", "pixel", "nothing"],
)
def test_the_address_of_a_picture(picture: str, expected: str | None) -> None:
    images = article("", figure(picture)).images
    assert [image.url.rsplit("/", 1)[-1] for image in images] == ([expected] if expected else [])


def test_a_figure_of_another_story_is_not_the_storys() -> None:
    figures = [
        Figure("https://news.example/b.jpg", None, "Another story."),
        Figure("https://news.example/a.jpg", None, WORDS),
    ]
    assert [image.url for image in story_images((), figures, [WORDS])] == ["https://news.example/a.jpg"]


@pytest.mark.parametrize("srcset", ["", ",", " , ,", "w", "a.jpg x", "9" * 30_000 + "w", "a " * 30_000, "a.jpg ..w"])
def test_a_broken_set_is_no_error(srcset: str) -> None:
    assert largest(srcset) is None or isinstance(largest(srcset), str)


@pytest.mark.parametrize(
    ("head", "stated", "expected"),
    [
        ("", {"keywords": ["Fire", "Bridges", "fire"]}, ("Fire", "Bridges")),
        ("", {"keywords": "Feuer; Brücken"}, ("Feuer", "Brücken")),
        ("", {"keywords": [{"@type": "DefinedTerm", "name": "Fire"}]}, ("Fire",)),
        ('<meta name="news_keywords" content="火事,橋">', {}, ("火事", "橋")),
        (
            '<meta property="article:tag" content="Fire"><meta property="article:tag" content="Port">',
            {},
            ("Fire", "Port"),
        ),
        (
            '<meta property="og:site_name" content="The Gazette"><meta name="keywords" content="The Gazette, Fire">',
            {},
            ("Fire",),
        ),
        ('<meta name="keywords" content="">', {}, ()),
        ("", {"keywords": {"tags": 3}}, ()),
    ],
)
def test_tags_as_a_page_states_them(head: str, stated: dict[str, object], expected: tuple[str, ...]) -> None:
    assert article(head, **stated).tags == expected


def test_links_that_are_marked_as_tags_count_where_nothing_else_does() -> None:
    assert article("", '<p><a rel="tag" href="/t/fire">Fire</a> <a rel="tag" href="/t/port">Port</a></p>').tags == (
        "Fire",
        "Port",
    )


def test_tags_are_bounded() -> None:
    assert tags_of(["a" * (LONGEST_TAG + 1), "one two three four five six seven", "_Prio_3", "id:12", "2026"]) == ()
    assert len(tags_of([",".join(f"tag {number}" for number in range(1000))])) == MOST_TAGS


@pytest.mark.parametrize(
    ("head", "stated", "expected"),
    [
        ("", {"isAccessibleForFree": False}, False),
        ("", {"isAccessibleForFree": "True"}, True),
        ('<meta property="article:content_tier" content="locked">', {}, False),
        ('<meta property="article:content_tier" content="free">', {}, True),
        ('<meta property="article:content_tier" content="metered">', {}, None),
        ("", {}, None),
    ],
)
def test_free_is_what_the_page_states(head: str, stated: dict[str, object], expected: bool | None) -> None:
    assert article(head, **stated).free is expected


@pytest.mark.parametrize(
    ("head", "stated", "expected"),
    [
        ('<link rel="license" href="https://cc.example/by/4.0/">', {}, "https://cc.example/by/4.0/"),
        ('<link rel="license" href="/terms">', {}, "https://news.example/terms"),
        ("", {"license": "CC BY 4.0"}, "CC BY 4.0"),
        ("", {}, None),
    ],
)
def test_the_licence_that_a_page_states(head: str, stated: dict[str, object], expected: str | None) -> None:
    assert article(head, **stated).license == expected


def test_the_words_are_those_of_the_text() -> None:
    found = article()
    assert found.words == len(found.text.split())
