"""The texts of a page that may name its authors, source by source: what it states, and what it shows.

Each is read lazily, since most pages name their authors in the first one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from cleaners.metadata.html_head import HtmlHead
from cleaners.metadata.persons import CAPITALIZED, is_person, may_sign
from cleaners.metadata.visible import VisiblePage
from cleaners.words.agencies import agency_named
from cleaners.words.dates import find_dates
from cleaners.words.folding import squeeze
from cleaners.words.name_kinds import has_given_name, is_team, names_a_job
from cleaners.words.name_words import COLONS, alternatives, words_of
from cleaners.words.names import find_names, given_first
from cleaners.words.patterns import lazy_pattern
from cleaners.words.unspaced_names import MAX_LINE, is_label_alone, is_unspaced_name, labelled_names

MAX_METAS = 30
"""Meta tags read; an outlet with a tag per author has fewer."""

NEAR = 25
"""Lines behind the headline among which a byline stands."""

LIBRARY_METAS = ("citation_author", "citation_authors", "dc.creator", "dcterms.creator")
"""Meta tags that libraries read, in which a comma stands between the family's name and the given one."""

METAS = (
    "sailthru.author", "parsely-author", "byl", "cxenseparse:author", "dable:author", "mrf:authors", "vr:author",
    "shareaholic:article_author_name", "article:author_name", "og:article:author", "og:author", "article:author",
    "author", *LIBRARY_METAS,
)  # fmt: skip
"""Meta tags that name authors, the surest first; those of one name together name them all."""

OPENING = 6
"""Lines behind the headline among which a byline says more than structured data that names others."""

CLOSE = 12
"""Lines behind the headline among which a byline needs no other sign."""

MAX_SIGNATURE = 3
"""Words of a name behind a lone `By` that need not be a person's."""

MAX_ENUMERATED = 16
"""Lines that one list of names may take up."""

FIRST = 3
"""Lines behind the headline, or elements for authors, that are believed with fewer signs than others."""

MAX_BESIDE = 60
"""Characters of a line that stands beside a name."""

_SLUG = lazy_pattern(r"https?:\S*|[a-z]+(?:[-_.][a-z]+)+")
_SURE = rf"{alternatives('lead_sure')}|(?:{alternatives('lead_short')})(?=\s?[{COLONS}])"
_ANY = alternatives("lead_sure", "lead_short")
_SURE_ALONE, _ANY_ALONE = (lazy_pattern(rf"(?:{leads})\s?[{COLONS}]?", re.IGNORECASE) for leads in (_SURE, _ANY))
_SURE_FIRST, _ANY_FIRST = (
    lazy_pattern(rf"(?:{leads})(?:\s?[{COLONS}]\s?|\s(?:[-–—]\s(?=\S+\s\S))?)(?P<names>[^\W\d_].*)", re.IGNORECASE)
    for leads in (_SURE, _ANY)
)
_STARTS = frozenset(lead[:2] for lead in words_of("lead_sure", "lead_short"))
_JOINER = lazy_pattern(rf",|,?\s?(?:{alternatives('and', 'and_short')})", re.IGNORECASE)
_MARK = lazy_pattern(r"\s[/|·•–-]\s|,\s")
_BAR = lazy_pattern(r"\s?[|｜│]\s?")
_MINUTES = lazy_pattern(r"(?<!\d)\d{1,2}[\s-]?min", re.IGNORECASE)
_NEVER = lazy_pattern(r"(?!)")
_OTHERS_WORK = lazy_pattern(rf"(?:{alternatives('end')})(?!\w)", re.IGNORECASE)
_JOINED = lazy_pattern(rf"(?i:(?:{alternatives('and')})\s){CAPITALIZED}\s{CAPITALIZED}.{{0,40}}")


def structured_texts(named: Sequence[str], head: HtmlHead) -> Iterator[Sequence[str]]:
    """What structured data states, source by source: the names in JSON-LD, then the meta tags that hold persons."""
    yield named
    yield [text for text in head.values("twitter:data1") if not any(map(str.isdigit, text))][:1]
    for meta in METAS:
        if meta in head.meta:
            texts = dict.fromkeys(islice(head.values(meta), MAX_METAS))
            if meta in LIBRARY_METAS:
                texts = dict.fromkeys(map(given_first, texts))
            yield [text for text in texts if not _SLUG.fullmatch(text) and all(map(is_person, find_names(text)))]


def opening_texts(page: VisiblePage, title: str | None) -> Iterator[str]:
    """The bylines in the first lines behind the headline: what follows a word like `By`, unless it is about somebody
    who reviewed the story or took the pictures."""
    lines = page.behind(title)[:OPENING]
    for index, line in enumerate(lines):
        if page.is_own(title, index) and not _OTHERS_WORK.match(f"{lines[index - 1]} {line}" if index else line):
            yield from _behind(lines, index, _ANY_ALONE, _ANY_FIRST)


def others_texts(page: VisiblePage, title: str | None) -> Iterator[str]:
    """What stands right behind words like `Photography by`, which end a line below the headline."""
    lines = page.behind(title)
    return (line for before, line in pairwise(lines) if _OTHERS_WORK.fullmatch(before))


def listed_texts(page: VisiblePage, title: str | None) -> Iterator[str]:
    """The lines behind the headline that may be a byline, each with the lines that continue it."""
    lines = page.behind(title)
    for index in range(len(lines)):
        yield from _behind(lines, index, _NEVER, _ANY_FIRST)
        yield _enumerated(lines, index)


def visible_texts(page: VisiblePage, title: str | None) -> Iterator[str]:
    """The bylines of the page: what stands behind words like `By` near the headline, then elements for an author, then
    persons behind words like `Written by` anywhere."""
    near = _near(page, title)
    for index in near[:CLOSE]:
        yield from _behind(page.lines, index, _ANY_ALONE, _ANY_FIRST)
    yield from page.author_texts()
    yield from filter(has_given_name, _signatures(page, title, near[:FIRST]))
    for index in near[CLOSE:]:
        yield from _behind(page.lines, index, _ANY_ALONE, _ANY_FIRST)
    for index in range(len(page.lines)):
        for text in _behind(page.lines, index, _SURE_ALONE, _SURE_FIRST):
            if all(map(is_person, find_names(text))):
                yield text


def signed_texts(page: VisiblePage, title: str | None) -> Iterator[str]:
    """The few words behind a word like `By` that stands alone on its line near the headline."""
    for index in _near(page, title)[:CLOSE]:
        for text in _behind(page.lines, index, _ANY_ALONE, _NEVER):
            if len(text.split()) <= MAX_SIGNATURE:
                yield text


def guessed_texts(page: VisiblePage, head: HtmlHead, title: str | None) -> Iterator[str]:
    """The lines that count as a byline where nothing else names anybody, surest first.

    What stands behind words like `Written by` anywhere, a person near the headline with a date or a job on the line
    or beside it, what stands behind a `By` alone on its line anywhere, and what the `author` tag holds.
    """
    lines = page.lines
    yield from _signatures(page, title, _near(page, title))
    for index in range(len(lines)):
        yield from _behind(lines, index, _ANY_ALONE, _NEVER)
    yield from islice(head.values("author"), MAX_METAS)


def last_texts(page: VisiblePage, head: HtmlHead, title: str | None) -> Iterator[str]:
    """What is left where nothing else names anybody: a person behind the headline, what author tags hold even if it is
    no person's name."""
    start = page.title_index(title)
    headline = squeeze(title or "")
    for line in page.lines[start + 1 : start + 1 + FIRST] if start else ():
        if is_person(line) and has_given_name(line) and squeeze(line) not in headline:
            yield line
    yield from islice(head.values("author", *METAS), 1)


def _near(page: VisiblePage, title: str | None) -> list[int]:
    """The indices of the lines around the headline, those behind it first."""
    start = page.title_index(title)
    return [*range(start + 1, min(start + NEAR, len(page.lines))), *range(start - 1, max(-1, start - 6), -1)]


def _behind(lines: Sequence[str], index: int, alone: re.Pattern[str], first: re.Pattern[str]) -> Iterator[str]:
    """What stands behind a word like `By` in the line, or in the next line where the word is alone."""
    line = lines[index]
    if len(line) <= MAX_LINE and not line.isascii():
        yield from _behind_label(lines, index)
    if line[:2].casefold() not in _STARTS:
        return
    if len(line) < 40 and alone.fullmatch(line):
        if index + 1 < len(lines) and len(lines[index + 1]) < 100:
            yield _enumerated(lines, index + 1)
    elif len(line) < 150 and (match := first.fullmatch(line)) and not _is_phrase(line, match["names"]):
        yield match["names"]


def _is_phrase(line: str, rest: str) -> bool:
    """Whether a line with a short word like `by` is a piece of a sentence, as the text of a link may be: `by train`."""
    return rest.islower() and not has_given_name(rest) and _SURE_FIRST.fullmatch(line) is None


def _behind_label(lines: Sequence[str], index: int) -> Iterator[str]:
    """The names that a label marks in scripts without spaces, in the line or in the next one."""
    parts = (name for part in _BAR.split(lines[index]) for name in labelled_names(part))
    if names := labelled_names(lines[index]) or tuple(parts):
        yield "; ".join(names)
    elif is_label_alone(lines[index]) and index + 1 < len(lines) and is_unspaced_name(lines[index + 1]):
        yield lines[index + 1]


def _enumerated(lines: Sequence[str], index: int) -> str:
    """The line, with the following ones where a comma or an `and` between names has a line of its own or begins one."""
    end = index + 1
    while end + 1 < min(len(lines), index + MAX_ENUMERATED) and _JOINER.fullmatch(lines[end]):
        end += 2
    while end < min(len(lines), index + MAX_ENUMERATED) and _JOINED.fullmatch(lines[end]):
        end += 1
    return " ".join(lines[index:end])


def _signatures(page: VisiblePage, title: str | None, near: Sequence[int]) -> Iterator[str]:
    """The lines that are a name with a date, a job or the same name beside it."""
    lines, start, headline = page.lines, page.title_index(title), squeeze(title or "")
    for index in near:
        is_first = start < index <= start + FIRST and squeeze(lines[index]) not in headline
        if _is_signature(lines, index) or (is_first and _is_twice(lines, index)):
            yield _name_beside_place(lines[index]) or lines[index]


def _is_signature(lines: Sequence[str], index: int) -> bool:
    """Whether the line is a name with a date or a job on it (`Jane Doe | 7 May 2026`) or beside it.

    Headings and buttons stand beside dates, too: there, a person's line begins with a given name.
    """
    line = lines[index]
    beside = [other for other in lines[max(0, index - 2) : index + 3] if len(other) < MAX_BESIDE]
    if _MARK.search(line):
        if not _is_beside_names(line):
            return bool(_name_beside_place(line)) and any(map(_is_beside_names, beside))
        return names_a_job(line) or any(map(has_given_name, find_names(line)))
    if not (may_sign(line) and any(map(_is_beside_names, beside))):
        return False
    return has_given_name(line) or is_team(line) or any(map(names_a_job, beside))


def _name_beside_place(line: str) -> str:
    """The person's name in a line that has only a place or an agency behind a mark, as `Jane Doe / Harlow Bay` and
    `Jane Doe, dpa`. Empty for other lines."""
    name, *others = _NAME_AND_PLACE.split(line)
    if len(others) != 1 or not (is_person(name) and has_given_name(name)):
        return ""
    place = others[0]
    short = len(place.split()) <= MAX_PLACE and (place[:1].isupper() or agency_named(place) is not None)
    return name if short and not (has_given_name(place) or names_a_job(place)) else ""


_NAME_AND_PLACE = lazy_pattern(r"\s?[/|·•–-]\s|,\s(?:à\s)?")
MAX_PLACE = 3
"""Words of a place or an agency behind a name."""


def _is_twice(lines: Sequence[str], index: int) -> bool:
    """Whether the line may be a person's name, however rare, and the next one is the name again, below a portrait."""
    return " " in lines[index] and lines[index : index + 1] == lines[index + 1 : index + 2] and is_person(lines[index])


def _is_beside_names(line: str) -> bool:
    """Whether the line is of the kind that stands beside a name: a date, or a person's job."""
    if len(line) >= MAX_BESIDE:
        return False
    return bool(find_dates(line, day_first=True) or _MINUTES.search(line)) or names_a_job(line)
