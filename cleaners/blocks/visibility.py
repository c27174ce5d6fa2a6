"""Which elements of a page a reader does not see, by their attributes."""

from __future__ import annotations

import tomllib
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import chain, islice

from lxml import etree

from cleaners.blocks.elements import PAGE
from cleaners.words.patterns import lazy_pattern

_FOR_SUBSCRIBERS = lazy_pattern(
    r"paywall|(?:subscriber|member)s?[-_]?(?:only|premium|exclusive)"
    r"|(?:subscriber|member|premium|paid|metered|locked)s?[-_](?:content|text|body|part)"
)
"""Class names of the part of a story that a script shows to those who paid. schema.org recommends `paywall`."""

_SCRAMBLED = "encrypted"
"""Class name of such a part whose letters are scrambled, so that it cannot be read."""

_CAPTION = lazy_pattern(r"(?:^|[\s_-])caption(?:$|\s)")
AROUND_CAPTION = 4
"""Elements around a caption among which its figure is looked for."""

HIDING = frozenset({"aria-hidden", "hidden", "style", "amp-access", "subscriptions-section"})
"""The attributes that may hide an element."""

_UNSEEN = lazy_pattern(r"display:none|visibility:hidden|(?<![\w-])text-indent:-\d{4}")
_ASIDE = lazy_pattern(r"(?<![\w-])(?:left|right|top|bottom):-(?:\d{4}|999|[1-9]\d\d(?:r?em|v[wh]|%))")
"""Places outside of any screen."""
_CLIPPED = lazy_pattern(r"clip:rect\(|clip-path:inset\((?:50|100)%")
"""How sites hide what is meant for screen readers only, in an element that is taken out of the flow."""


_STORY_MARKS = ("main", "article", "h1")


class Wrappers:
    """The elements around a page's story: those that hold its `main`, its only `article` or its only `h1`."""

    def __init__(self, tree: etree._Element) -> None:
        self._tree = tree

    def __contains__(self, element: etree._Element) -> bool:
        return (len(element) > 0 or element.tag in _STORY_MARKS) and element in self._found

    @cached_property
    def _found(self) -> set[etree._Element]:
        """Looked for on the few pages that need it; each element is passed once."""
        found: set[etree._Element] = set()
        main, *alone = _STORY_MARKS
        for mark in chain(self._tree.iter(main), *map(self._only, alone)):
            element: etree._Element | None = mark
            while element is not None and element not in found:
                found.add(element)
                element = element.getparent()
        return found

    def _only(self, tag: str) -> list[etree._Element]:
        """The one element of a tag; none where there are several, which may be the slides of a show."""
        elements = list(islice(self._tree.iter(tag), 2))
        return elements if len(elements) == 1 else []


def hidden(element: etree._Element, wrappers: Wrappers) -> bool:
    """Whether an element with one of these attributes is hidden from the reader.

    `aria-hidden` hides from screen readers only. Scripts set it on the whole page while a dialog is open, and a figure
    on its caption where the picture has the same words.
    Scripts show a whole page that is hidden at first, and often the part of a story behind a paywall.
    """
    if element.tag in PAGE:
        return False
    if element.get("aria-hidden") == "true" and element not in wrappers and not _is_caption(element):
        return True
    if _is_for_others(element):
        return True
    if element.get("hidden") is None and not _unseen(element.get("style") or ""):
        return False
    return not (_for_subscribers(element.get("class") or "") or _is_rest(element))


def _is_caption(element: etree._Element) -> bool:
    """Whether an element is the caption of a figure, or a part of it."""
    if element.tag != "figcaption" and not _CAPTION.search(element.get("class") or ""):
        return False
    return any(around.tag == "figure" for around in islice(element.iterancestors(), AROUND_CAPTION))


def _is_for_others(element: etree._Element) -> bool:
    """Whether AMP shows an element only to those who may not read the story."""
    access = element.get("amp-access")
    if access is not None and access.lstrip("( ").upper().startswith("NOT "):
        return True
    return element.get("subscriptions-section") == "content-not-granted"


def _is_rest(element: etree._Element) -> bool:
    """Whether a hidden box is the rest of a story, which a button or a payment shows: paragraphs of its own that stand
    right below shown ones, with no paragraph of the story after it, and none that stands above already."""
    if element.tag not in _BOXES or _OTHER_BOX.search(f"{element.get('class')} {element.get('id')}".lower()):
        return False
    own = [_beginning(part) for part in islice(element.iterchildren("p"), MOST_SIBLINGS)]
    above = [part for part in islice(element.itersiblings(preceding=True), MOST_SIBLINGS) if isinstance(part.tag, str)]
    shown = [_beginning(part) for part in above if part.tag == "p"]
    last = next((at for at, part in enumerate(above) if part.tag == "p"), LINES_BETWEEN + 1)
    return (
        sum(len(text) >= PARAGRAPH for text in own) >= FEWEST_HIDDEN
        and last <= LINES_BETWEEN
        and len(shown[0]) >= PARAGRAPH
        and not any(len(_beginning(part)) >= PARAGRAPH for part in islice(element.itersiblings("p"), MOST_SIBLINGS))
        and set(own).isdisjoint(shown)
    )


def _beginning(element: etree._Element) -> str:
    """The first characters of an element's text."""
    text = ""
    for piece in islice(element.itertext(), MOST_STRINGS):
        text += piece.strip()[:PARAGRAPH]
        if len(text) >= PARAGRAPH:
            break
    return text


_BOXES = frozenset({"div", "section", "span"})
_OTHER_BOX = lazy_pattern(
    r"modal|popup|pop-up|dialog|overlay|lightbox|tooltip|\btab|translat|\blang|comment|newsletter|cookie|consent|relat"
    r"|recommend|share|print|form|login|transcript|summary|menu|nav|promo|banner|advert|\bads?\b|bio|caption|template"
)
"""Names of hidden boxes that hold something else."""

FEWEST_HIDDEN, PARAGRAPH, LINES_BETWEEN, MOST_SIBLINGS = 2, 40, 2, 30
"""Paragraphs of a hidden rest, the characters from which on a `p` is a paragraph of a story, the elements, such as a
button, that may stand between the shown text and the rest, and the elements around it that are looked at."""


def _for_subscribers(names: str) -> bool:
    return _FOR_SUBSCRIBERS.search(names.lower()) is not None and _SCRAMBLED not in names


@lru_cache(maxsize=1_000)
def _unseen(style: str) -> bool:
    """Whether a style hides its element.

    >>> _unseen("color: red; display: none"), _unseen("position:absolute;clip:rect(0,0,0,0)"), _unseen("display:block")
    (True, True, False)
    """
    style = "".join(style.lower().split())
    if _UNSEEN.search(style):
        return True
    placed = "position:absolute" in style or "position:fixed" in style
    return placed and (_CLIPPED.search(style) or _ASIDE.search(style)) is not None


_FOR_SCREEN_READERS = lazy_pattern(
    r"(?:^|\s)(?:sr-only|sr_only|visually-?hidden|visuallyhidden|(?:u-)?(?:is-)?visually-hidden|screen-?reader(?:s)?"
    r"(?:-text|-only)?|screenreader-only|a11y-hidden|assistive-text|offscreen|off-screen|element-invisible"
    r"|tooltip-?(?:text|content|body|inner)|popover-(?:content|body|inner|card)|hover-?card(?:-(?:content|body|inner))?"
    r"|rollover-[a-z]+-block)(?=$|\s)"
)
"""Class names by which sites and their frameworks hide what is for screen readers, and what shows on hovering."""


def unseen_in_line(element: etree._Element) -> bool:
    """Whether an element behind other text of its line is hidden by its class until a reader hovers, or altogether."""
    names = element.get("class")
    return names is not None and (for_screen_readers(names) or _is_hover_card(element))


@lru_cache(maxsize=10_000)
def for_screen_readers(names: str) -> bool:
    """Whether class names say that an element is for screen readers only, or shows on hovering."""
    return _FOR_SCREEN_READERS.search(names.lower()) is not None


def _is_hover_card(element: etree._Element) -> bool:
    """Whether an element begins with the words of the link right before it, as the card does that shows when a reader
    hovers over a name: "Ana Example", its link, then her name again and what else is about her."""
    link = element.getprevious()
    if link is None or link.tag != "a" or element.tag == "a" or (link.tail or "").strip():
        return False
    named, first = (next(filter(str.strip, islice(part.itertext(), MOST_STRINGS)), "") for part in (link, element))
    return named.strip() == first.strip() != "" and next(element.iter("a"), None) is not None


MOST_STRINGS = 20
"""Strings of an element among which its first words are looked for."""

NEW_TAB_LENGTH = 60
"""Characters of a hint about a link's window, at most."""


@cache
def _new_tab() -> frozenset[str]:
    """What links say to screen readers about where they open."""
    return frozenset(tomllib.loads((files("cleaners.blocks") / "new_tab.toml").read_text("utf-8"))["phrases"])


def opens_new_tab(text: str) -> bool:
    """Whether a piece of a link only says that it opens in another tab or window.

    >>> opens_new_tab(" (opens in new tab)"), opens_new_tab("Harbour opens in a new window of time")
    (True, False)
    """
    return text.strip(_AROUND).replace("’", "'").casefold() in _new_tab()


_AROUND = " \t\r\n\xa0()（）[],.;:–-—"
