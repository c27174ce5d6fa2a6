"""The pictures of a story: the one that the page states as its lead, and those of its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from os.path import splitext
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from cleaners.data import Caption, Image
from cleaners.metadata import schema_org
from cleaners.metadata.captions import read_caption
from cleaners.metadata.html_head import HtmlHead
from cleaners.metadata.json_ld import JsonObject
from cleaners.words.addresses import web_address
from cleaners.words.folding import one_line, squeeze
from cleaners.words.patterns import lazy_pattern

MOST_FIGURES = 100
"""Figures read on one page."""

LONGEST_SET, MOST_IN_SET = 20_000, 50
"""Characters and pictures of a set that are read."""

MOST_AROUND = 8
"""Elements around a picture that are looked at, and sources of one."""

LONGEST_ALT = 1000
"""Characters of a text that stands for a picture, or below it."""

CLOSE_AROUND, MOST_IN_BOX = 2, 60
"""Elements around a caption that has no element of its own in which a picture is looked for, and elements in one."""

_PICTURES = frozenset({"img", "amp-img"})
_OWN_PICTURE = lazy_pattern(r"[a-z]+(?:-[a-z]+)*-(?:image|img|picture)")
"""The elements of pages that have their own for pictures."""

_CAPTION_CLASS = lazy_pattern(r"(?:^|[\s_-]|image|photo|img|wp)caption(?:[\s_-]?text)?(?:$|\s)", re.IGNORECASE)

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-image", "data-hi-res-src", "src")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_NO_PICTURE = lazy_pattern(
    r"(?:^|[/._-])(?:logos?|icons?|favicon|avatars?|sprites?|pixel|spacer|blank|placeholder|transparent|1x1"
    r"|gravatar|doubleclick|adserver|ads?)(?:$|[/._-])",
    re.IGNORECASE,
)
_RESIZED = lazy_pattern(r"(?:^|&)(?:url|src|image|img)=((?:https?(?::|%3A)|/|%2F)[^&]+)", re.IGNORECASE)
"""The address of a picture in that of a server which makes it smaller."""

_SIZE = lazy_pattern(r"[-_]?\d{2,5}x\d{2,5}$|[-_@]\d{1,4}[wx]?$", re.IGNORECASE)


class Figure(NamedTuple):
    """A figure of a page: its picture and the words below it."""

    url: str
    alt: str | None
    words: str


class Pictures(NamedTuple):
    """What a page states about its pictures."""

    lead: tuple[Image, ...] = ()
    figures: tuple[Figure, ...] = ()


def read_pictures(tree: etree._Element, head: HtmlHead, article: JsonObject, url: str | None) -> Pictures:
    """The lead picture that a page states for itself, and its figures with captions. `url` makes addresses absolute."""
    return Pictures(tuple(islice(_stated(head, article, url), 1)), tuple(_figures(tree, url)))


def _stated(head: HtmlHead, article: JsonObject, url: str | None) -> Iterator[Image]:
    """The pictures that Open Graph, Twitter's card and JSON-LD name, in this order."""
    alt = head.first("og:image:alt", "twitter:image:alt")
    for address in head.values("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"):
        if found := _picture(address, url):
            yield Image(found, _text(alt))
    for item in schema_org.flat(article.get("image")):
        stated = item if isinstance(item, dict) else {"url": item}
        for address in schema_org.strings([stated.get("url"), stated.get("contentUrl")]):
            if found := _picture(address, url):
                caption = next(iter(schema_org.strings(stated.get("caption"))), None)
                credit = next(iter(schema_org.strings(stated.get("creditText"))), None)
                yield Image(found, None, _text(caption), _text(credit))


def _figures(tree: etree._Element, url: str | None) -> Iterator[Figure]:
    for caption in islice(_captions(tree), MOST_FIGURES):
        words = one_line(" ".join("".join(caption.itertext()).split())[: 2 * LONGEST_ALT])
        picture = _picture_of(caption) if words else None
        if picture is not None and (address := _source(picture, url)):
            yield Figure(address, _text(picture.get("alt")), words)


def _captions(tree: etree._Element) -> Iterator[etree._Element]:
    """What the page marks up as captions: by the element, or by a class of a paragraph or a box."""
    for element in tree.iter("figcaption", "p", "div", "span"):
        names = element.get("class", "")
        if element.tag == "figcaption" or ("capt" in names.lower() and _CAPTION_CLASS.search(names)):
            yield element


def _picture_of(caption: etree._Element) -> etree._Element | None:
    """The first picture of the figure, or else of the nearest box around the caption that has one."""
    for around in islice(caption.iterancestors(), MOST_AROUND if caption.tag == "figcaption" else CLOSE_AROUND):
        picture = next(filter(_is_picture, islice(around.iter(etree.Element), MOST_IN_BOX)), None)
        if picture is not None or around.tag in ("figure", "article", "main", "body"):
            return picture
    return None


def _is_picture(element: etree._Element) -> bool:
    return element.tag in _PICTURES or bool(element.get("src") and _OWN_PICTURE.fullmatch(str(element.tag)))


def _source(picture: etree._Element, url: str | None) -> str | None:
    """The address of a picture: the largest of a set, else the one that is loaded when it comes into view, else the one
    that its figure states beside it."""
    places = [picture]
    for around in islice(picture.iterancestors(), MOST_AROUND):  # for the parser a picture stands inside its sources
        if around.tag == "picture":
            places += islice(around.iter("source"), MOST_AROUND)
    sets = [value for place in places for name in _LAZY_SETS if (value := place.get(name))]
    stated = [*(address for value in sets if (address := largest(value))), *filter(None, map(picture.get, _LAZY))]
    stated += _content_urls(picture)
    return next((found for address in stated if (found := _picture(address, url))), None)


def _content_urls(picture: etree._Element) -> Iterator[str]:
    """The addresses that microdata states in the figure around a picture."""
    figure = next((one for one in islice(picture.iterancestors(), MOST_AROUND) if one.tag == "figure"), None)
    for one in islice(figure.iter(etree.Element), MOST_IN_BOX) if figure is not None else ():
        if one.get("itemprop") == "contentUrl":
            yield one.get("content") or one.get("href") or ""


def largest(srcset: str) -> str | None:
    """The address of the largest picture of a set; None where there is none.

    >>> largest("a.jpg 320w, b,c.jpg 1280w, d.jpg 640w")
    'b,c.jpg'
    """
    best, most = None, -1.0
    address = None
    for word in islice(srcset[:LONGEST_SET].split(), 2 * MOST_IN_SET):
        if address is None and not word.endswith(","):
            address = word
            size = 0.0
            continue
        if address is None:
            address, size = word, 0.0
        else:
            size = _size(word)
        if size > most:
            best, most = address.rstrip(","), size
        address = None
    return best or (address and address.rstrip(",")) or None


def _size(descriptor: str) -> float:
    """The width or the density of a picture in a set, such as `640w,` or `2x`."""
    number = descriptor.rstrip(",")[:-1][:8]
    return float(number) if number.replace(".", "", 1).isdecimal() and number.isascii() else 0.0


def _picture(address: str, url: str | None) -> str | None:
    """The absolute address of a picture that may be a story's."""
    found = web_address(address, url)
    if not found:
        return None
    parts = urlsplit(found)
    return None if _NO_PICTURE.search(f"{parts.netloc}/{parts.path.rsplit('/', 1)[-1]}") else found


def _text(text: str | None) -> str | None:
    return (one_line(text)[:LONGEST_ALT] or None) if text else None


def story_images(lead: Sequence[Image], figures: Iterable[Figure], captions: Sequence[str]) -> tuple[Image, ...]:
    """The pictures of a story, each once, the lead first: its figures are those whose words are among its captions."""
    told = [(squeeze(caption), caption) for caption in captions]
    images = list(lead)
    names = [_name(image.url) for image in images]
    for figure in figures:
        words = squeeze(figure.words)
        stated = max((caption for squeezed, caption in told if squeezed and squeezed in words), key=len, default=None)
        if stated is None:
            continue
        caption = _caption(figure.words, stated)
        image = Image(figure.url, figure.alt, caption.text or None, caption.credit)
        if (name := _name(image.url)) not in names:
            images.append(image)
            names.append(name)
        elif not images[same := names.index(name)].caption:
            images[same] = Image(images[same].url, images[same].alt or image.alt, image.caption, image.credit)
    return tuple(images)


def _caption(words: str, stated: str) -> Caption:
    """The words below a picture as a caption and its credit, which may stand in front of what is `stated`."""
    front = read_caption(words.removesuffix(stated).strip()) if words.endswith(stated) else None
    return Caption(stated, front.credit) if front and front.credit and not front.text else read_caption(words)


def _name(address: str) -> str:
    """What two addresses of one picture have in common: the name of its file, without its size.

    >>> _name("https://a.example/resize/1200x630/?url=https%3A%2F%2Fb.example%2Fbridge-640x480.jpg")
    'bridge'
    """
    parts = urlsplit(address)
    resized = _RESIZED.search(parts.query)
    path = unquote(urlsplit(unquote(resized[1])).path if resized else parts.path).rstrip("/")
    return _SIZE.sub("", splitext(path.rsplit("/", 1)[-1])[0]) or path
