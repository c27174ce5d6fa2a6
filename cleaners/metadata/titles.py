"""The headline of a page, chosen among the texts that may be it.

A page states its headline up to five times: in an `h1`, in JSON-LD, in `og:title`, in `twitter:title` and in
`<title>`. The latter often add the outlet's name, are shortened, or are written for search engines. No source is right
on every site: an `h1` may hold the outlet's name or a box's heading, or start with a kicker. Two sources that agree are
right: on annotated pages an `h1` that another source repeats is the headline 96 times in 100. Otherwise the `h1` with
the most words in common with another source is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from cleaners.metadata.kickers import MIN_BEHIND_KICKER, behind_kicker, behind_short_kicker, without_kicker
from cleaners.metadata.title_parts import (
    MAX_SITE_WORDS,
    MIN_BEFORE_SECTION,
    MIN_HEADLINE_WORDS,
    beginnings,
    headline_in,
    is_outlet,
    owns_page,
    separators,
    shown_beginning,
    shown_head,
    title_parts,
    without_outlet,
)
from cleaners.words.folding import squeeze, word_keys
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import count_words

MAX_CHARACTERS = 500
"""Longer texts are no headlines."""

ALIKE = 0.34
"""The share of words (of the shorter text) that an `h1` has in common with another source if it is the headline."""

MIN_UNLIKE_WORDS = 7
"""Words of the first `h1` that is the headline although it has no words in common with what the page states."""

_ARCHIVES = frozenset({"blogarchive", "blogarchiv", "blogarkiv", "archivedublog", "archivesdublog", "archivodelblog"})
"""What blogs put between their name and the headline, squeezed: `Site » Blog Archive » Headline`."""


@dataclass(frozen=True, slots=True)
class TitleCandidates:
    """The texts of a page that may be its headline, by source. `outlets` are the outlet's names that the page gives,
    `lines` gives what it shows, `subheadings` its first headings of the second level, and `pieces` the texts of the
    elements in a heading: all are read only if needed."""

    headings: Sequence[str] = ()
    headline: str | None = None
    og: str | None = None
    title: str | None = None
    twitter: str | None = None
    outlets: Sequence[str] = ()
    lines: Callable[[], Sequence[str]] = tuple
    subheadings: Callable[[], Iterable[str]] = tuple
    pieces: Callable[[str], Sequence[str]] = lambda heading: (heading,)


def choose_title(candidates: TitleCandidates) -> str | None:
    """The headline, or None where no source has one.

    >>> choose_title(TitleCandidates(headings=["Harbour reopens"], title="Harbour reopens | Example Times"))
    'Harbour reopens'
    """
    candidates = _without_archive(candidates)
    outlets = [name for outlet in (*candidates.outlets, *_title_as_site(candidates)) if (name := squeeze(outlet))]
    stated = [
        text[:MAX_CHARACTERS]
        for text in (candidates.headline, candidates.og, candidates.title, candidates.twitter)
        if text
    ]
    texts = [without_outlet(text, outlets) for text in stated]
    if is_outlet(texts[0] if texts else "", outlets):
        texts.sort(key=lambda text: is_outlet(text, outlets))
    headings = [heading[:MAX_CHARACTERS] for heading in candidates.headings if squeeze(heading)]
    leftovers = _leftovers(candidates)
    own = [
        without_outlet(heading, outlets)
        for heading in headings
        if not (is_outlet(heading, outlets) or squeeze(heading) in leftovers or _is_site_name(heading, candidates))
    ]
    return (
        _below_site_name(candidates, headings)
        or _shown_below(own, candidates, outlets)
        or without_kicker(own, texts)
        or _repeated(own, texts)
        or _repeated(own, [part for text in texts for part in beginnings(text)])
        or behind_kicker(own, texts, candidates.pieces)
        or behind_short_kicker(own, [part for text in texts for part in beginnings(text)])
        or _alike(own, texts)
        or _long(own[:1], texts, candidates)
        or _beside_no_title(own, texts)
        or _stated(stated, texts, candidates.lines)
        or next(iter(headings), None)
    )


def _without_archive(candidates: TitleCandidates) -> TitleCandidates:
    """The candidates with the headline and the site of a blog's `<title>`: `Site » Blog Archive » Headline`."""
    title = candidates.title or ""
    parts = separators(title)
    if len(parts) < 2 or squeeze(title[parts[0].end() : parts[1].start()]) not in _ARCHIVES:
        return candidates
    site, headline = title[: parts[0].start()], title[parts[1].end() :]
    return replace(candidates, title=headline, outlets=(*candidates.outlets, site))


def _title_as_site(candidates: TitleCandidates) -> Iterator[str]:
    """The whole `<title>`, where another source has it behind the headline or in front of it: the site's name."""
    name = squeeze(candidates.title or "")
    if not name or count_words(candidates.title or "") > MAX_SITE_WORDS:
        return
    for text in filter(None, (candidates.headline, candidates.og, candidates.twitter)):
        if len(parts := title_parts(text)) > 1 and name in (squeeze(parts[0]), squeeze(parts[-1])):
            yield name


def _leftovers(candidates: TitleCandidates) -> set[str]:
    """What `<title>` adds to the headline that another source states, squeezed: most often the site's name."""
    whole = squeeze(candidates.title or "")
    found = set()
    for text in filter(None, (candidates.headline, candidates.og, candidates.twitter)):
        part = squeeze(text)
        if len(part) > MIN_BEHIND_KICKER and part != whole:
            found |= {whole.removesuffix(part), whole.removeprefix(part)} - {whole}
    return found


def _is_site_name(heading: str, candidates: TitleCandidates) -> bool:
    """Whether a heading is the short last part of the `<title>`, behind a longer one; or the short first part, and
    what a copyright line names."""
    title = candidates.title or ""
    parts = separators(title)
    own, words = squeeze(heading), count_words(heading)
    if words > MAX_SITE_WORDS:
        return False
    if title.endswith(heading) and title != heading and shown_beginning(title, candidates.lines()):
        return True
    if not parts:
        return False
    wanted = max(MIN_HEADLINE_WORDS, words + 2)
    if squeeze(title[parts[-1].end() :]) == own and count_words(title[: parts[-1].start()]) >= wanted:
        return True
    first = squeeze(title[: parts[0].start()]) == own and count_words(title[parts[0].end() :]) >= wanted
    return first and owns_page(own, candidates.lines())


def _below_site_name(candidates: TitleCandidates, headings: Sequence[str]) -> str | None:
    """The first `h2` of a page whose `<title>` and `h1` are nothing but the site's name."""
    names = {squeeze(text) for text in (*headings, candidates.title, candidates.og, candidates.headline) if text}
    if len(names) != 1 or not headings or count_words(headings[0]) > MAX_SITE_WORDS:
        return None
    if not owns_page(next(iter(names)), candidates.lines()):
        return None
    longer = (text for text in candidates.subheadings() if count_words(text) >= MIN_HEADLINE_WORDS)
    return next(longer, None)


def _shown_below(headings: Sequence[str], candidates: TitleCandidates, outlets: Sequence[str]) -> str | None:
    """What the page states for readers elsewhere and shows as an `h2`, where its `h1` is another text: one for search
    engines. Words in front of it in the `h2` are a kicker."""
    shown = list(map(squeeze, headings))
    stated = (candidates.og, candidates.headline, candidates.twitter)
    texts = [without_outlet(text, outlets) for text in stated if text and len(text) <= MAX_SHOWN_BELOW]
    other = [text for text in texts if squeeze(text) not in shown and count_words(text) >= MIN_BEFORE_SECTION]
    if not other or not headings:
        return None
    for below in map(squeeze, islice(candidates.subheadings(), MAX_BELOW)):
        for text, own in ((text, squeeze(text)) for text in other):
            is_behind_kicker = below.endswith(own) and len(below) <= 2 * len(own)
            if below == own or (is_behind_kicker and not any(own in heading for heading in shown)):
                return text
    return None


MAX_SHOWN_BELOW = 150
"""Characters of such a headline; a longer text is a summary."""

MAX_BELOW = 3
"""Headings of the second level among which a headline stands."""


def _long(headings: Sequence[str], texts: Sequence[str], candidates: TitleCandidates) -> str | None:
    """A heading as long as a headline: one that no other source resembles is written for readers, the others for
    search engines. It is a slogan or another story's where two sources agree on a text that the page shows, too."""
    long = (heading for heading in headings if count_words(heading) >= MIN_UNLIKE_WORDS)
    found = next((heading for heading in long if not heading.endswith((":", "：", "…"))), None)
    agreed = {key for key, count in Counter(map(squeeze, texts)).items() if count > 1}
    if found and agreed and not agreed.isdisjoint(map(squeeze, chain(candidates.lines(), candidates.subheadings()))):
        return None
    return found


def _repeated(headings: Sequence[str], texts: Sequence[str]) -> str | None:
    """The first heading that one of the texts repeats, in that text's spelling where the heading has lost its colon
    or is in capitals."""
    for heading in headings:
        for text in texts:
            if squeeze(heading) == squeeze(text):
                lost = _has_lost_mark(heading, text) or word_keys(heading) != word_keys(text)
                lost |= heading.isupper() and not text.isupper()
                return text if lost else heading
    return None


def _has_lost_mark(heading: str, text: str) -> bool:
    """Whether a text has a colon or a dash that a heading lacks, since its parts stand on lines of their own there."""
    colon = ":" in text and not (":" in heading or _ATTACHED_DASH.search(heading))
    dash = any(mark in text and not _PARTING.search(heading) for mark in (" - ", " – ", " — "))
    return " :" in heading or colon or dash


_ATTACHED_DASH = lazy_pattern(r"\w[-–—]\s")
_PARTING = lazy_pattern(r"[:–—|]|-\s")


def _alike(headings: Sequence[str], texts: Sequence[str]) -> str | None:
    """The heading that has most words in common with one of the texts, if they are many; the longer one of two that
    are in a text as a whole. A word alone says little beside a headline."""
    likely = [heading for heading in headings if len(word_keys(heading)) > 1 or len(headings) == 1]
    if not likely or not texts:
        return None
    shares = [max(_likeness(heading, text) for text in texts) for heading in likely]
    best = max(shares)
    return likely[shares.index(best)] if best[0] >= ALIKE else None


def _likeness(one: str, other: str) -> tuple[float, int]:
    """How many of the words of the shorter text are in the longer one, 0 to 1, and how many these are."""
    first, second = set(word_keys(one)), set(word_keys(other))
    common = len(first & second)
    return common / max(1, min(len(first), len(second))), common


def _stated(stated: Sequence[str], texts: Sequence[str], lines: Callable[[], Sequence[str]]) -> str | None:
    """What the most trusted place states; of a `<title>` on its own, the part that is the headline."""
    if not texts:
        return None
    if len(texts) > 1 or texts[0] != stated[0]:
        return _whole(shown_head(texts[0], lines), texts)
    if separators(texts[0]):
        return headline_in(texts[0], lines())
    return shown_beginning(texts[0], lines()) or texts[0]


def _whole(text: str, texts: Sequence[str]) -> str:
    """The text, or another one that goes on where it was cut off: in a word, or behind an opened bracket."""
    start = text.removesuffix("…").removesuffix("...").rstrip()
    is_cut = start != text or text.count("(") > text.count(")")
    longer = (other for other in texts if other.startswith(start) and len(other) > len(text))
    return next(longer, text) if is_cut else text


def _beside_no_title(headings: Sequence[str], texts: Sequence[str]) -> str | None:
    """The first heading, where all that the page states is the word for a home page."""
    return next(iter(headings), None) if _HOME.issuperset(map(squeeze, texts)) else None


_HOME = frozenset(
    map(
        squeeze,
        (
            "home", "homepage", "index", "startseite", "accueil", "inicio", "início", "untitled", "untitleddocument",
            "welcome", "willkommen", "главная", "головна", "strona główna", "首页", "首頁", "ホーム", "홈",
        ),
    )
)  # fmt: skip
"""What stands in the `<title>` of a page that has no title of its own, squeezed."""
