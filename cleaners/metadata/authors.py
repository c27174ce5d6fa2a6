"""Who wrote the page: the sources that name an author, most trusted first.

Measured on annotated pages, JSON-LD's persons and what blog systems write into their own meta tags are right nine
times in ten, the plain `author` tag less often because it likes to hold the outlet, an element with an author's class
three times in four, a line that begins with a word like `By` half the time. The outlet itself is taken for the author
only where no trusted source names anybody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, repeat

from cleaners.metadata.html_head import HtmlHead
from cleaners.metadata.visible import VisiblePage
from cleaners.words.agencies import agency_named
from cleaners.words.dates import find_dates
from cleaners.words.folding import squeeze
from cleaners.words.name_words import PARTICLES, alternatives, words_of
from cleaners.words.names import find_names, has_given_name, is_no_person, is_section, is_team, names_a_job
from cleaners.words.unspaced_names import MAX_LINE, is_label_alone, is_unspaced_name, labelled_names

MAX_METAS = 30
"""Meta tags read; an outlet with a tag per author has fewer."""

NEAR = 25
"""Lines behind the headline among which a byline stands."""

METAS = (
    "sailthru.author", "parsely-author", "byl", "cxenseparse:author", "dable:author", "mrf:authors", "vr:author",
    "shareaholic:article_author_name", "article:author_name", "og:article:author", "og:author", "article:author",
    "author", "citation_author", "citation_authors",
)  # fmt: skip
"""Meta tags that name authors, the surest first; those of one name together name them all."""

OPENING = 6
"""Lines behind the headline among which a byline says more than structured data that names others."""

CLOSE = 12
"""Lines behind the headline among which a byline needs no other sign."""

MAX_SIGNATURE = 3
"""Words of a name behind a lone `By` that need not be a person's."""

MAX_START = 3
"""First letters of a stated name; only lines that contain them are read in search of its full form."""

MAX_ENUMERATED = 16
"""Lines that one list of names may take up."""

FIRST = 3
"""Lines behind the headline, or elements for authors, that are believed with fewer signs than others."""

MAX_LISTED = 200
"""Characters of a line that lists the names of authors; a longer one is a caption, or a sentence."""

MAX_BESIDE = 60
"""Characters of a line that stands beside a name."""

_SLUG = re.compile(r"https?:\S*|[a-z]+(?:[-_.][a-z]+)+")
_SURE = rf"{alternatives('lead_sure')}|(?:{alternatives('lead_short')})(?=\s?[:：])"
_ANY = alternatives("lead_sure", "lead_short")
_SURE_ALONE, _ANY_ALONE = (re.compile(rf"(?:{leads})\s?[:：]?", re.IGNORECASE) for leads in (_SURE, _ANY))
_SURE_FIRST, _ANY_FIRST = (
    re.compile(rf"(?:{leads})(?:\s?[:：]\s?|\s(?:[-–—]\s(?=\S+\s\S))?)(?P<names>[^\W\d_].*)", re.IGNORECASE)
    for leads in (_SURE, _ANY)
)
_STARTS = frozenset(lead[:2] for lead in words_of("lead_sure", "lead_short"))
_JOINER = re.compile(rf",|,?\s?(?:{alternatives('and', 'and_short')})", re.IGNORECASE)
_MARK = re.compile(r"\s[|·•–-]\s|,\s")
_BAR = re.compile(r"\s?[|｜│]\s?")
_MINUTES = re.compile(r"(?<!\d)\d{1,2}[\s-]?min", re.IGNORECASE)
_NEVER = re.compile(r"(?!)")
_OTHERS_WORK = re.compile(rf"(?:{alternatives('end')})(?!\w)", re.IGNORECASE)
_PARTICLES = rf"(?:\s(?:{'|'.join(sorted(PARTICLES))}|y|e)(?!\w))"
_MARKS = r"\u0900-\u0903\u093a-\u094f\u0981-\u0dff\u0e31-\u0e4e\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
_CAPITALIZED = rf"(?:(?![a-zß-ÿ])[^\W\d_][\w{_MARKS}'’.-]*)"
_JOINED = re.compile(rf"(?i:(?:{alternatives('and')})\s){_CAPITALIZED}\s{_CAPITALIZED}.{{0,40}}")
_PERSON = re.compile(
    rf"(?:(?:Dr|Prof)\.?\s)?{_CAPITALIZED}{_PARTICLES}{{0,3}}(?:\s{_CAPITALIZED}{_PARTICLES}{{0,2}}){{1,4}}"
)


@dataclass(frozen=True, slots=True)
class AuthorSources:
    """The texts that may name the authors, source by source. Each is read lazily, only as far as it is needed.

    `structured` is what structured data states; `listed` the lines behind the headline, which may have its names in
    full; `opening` the bylines right behind the headline; `elements` the elements for authors; `others` those
    who took the pictures and the like; `visible` the bylines
    that the page shows, surest first; `signed` the few words behind a `By` that stands alone near the headline;
    `guessed` the lines that count as a byline where nothing else names anybody; and `last` what is left after these.
    """

    structured: Iterable[Sequence[str]] = ()
    listed: Iterable[str] = ()
    opening: Iterable[str] = ()
    elements: Iterable[str] = ()
    others: Iterable[str] = ()
    last: Iterable[str] = ()
    visible: Iterable[str] = ()
    signed: Iterable[str] = ()
    guessed: Iterable[str] = ()


def choose_authors(sources: AuthorSources, outlets: Sequence[str]) -> tuple[str, ...]:
    """The names of the first source that names somebody besides the outlet, else of the first that names anybody.

    The outlet counts as somebody where it has a person's name. A visible byline counts at once if it names persons. A
    signature counts even if its name is no person's (`By mixmaster`).

    >>> choose_authors(AuthorSources(structured=[["Example Times"]], visible=["Jane Doe"]), ["Example Times"])
    ('Jane Doe',)
    """
    own: list[tuple[str, ...]] = []
    for names in _named(sources.structured, outlets):
        if not _is_own(names, outlets) or all(is_person(name) and has_given_name(name) for name in names):
            names = _without_others(names, sources.others)
            full = _spelled_out(names, sources.listed, outlets)
            return full if full != names else _shown_instead(names, sources, outlets)
        own.append(names)
    for names in _named(([text] for text in sources.signed), outlets):
        if not _is_own(names, outlets) and not any(map(is_no_person, names)):
            return names
    others: list[tuple[str, ...]] = []
    for names in _named(([text] for text in sources.visible), outlets):
        if all(map(is_person, names)) and not _is_own(names, outlets):
            return names
        if not any(map(_is_running_text, names)) and not _are_sections(names):
            others.append(names)
    if not own:
        guesses = _named(([text] for text in sources.guessed), outlets)
        signed = (tuple(filter(_may_sign, names)) for names in guesses if _may_sign(names[0]))
        own += [names for names in signed if names][:1]
    return next(iter(own + others), ()) or next(_named(([text] for text in sources.last), outlets), ())


def _spelled_out(names: tuple[str, ...], listed: Iterable[str], outlets: Sequence[str]) -> tuple[str, ...]:
    """The names as the byline of the page has them, where it has them in full and others beside them.

    Structured data may hold an account's name (`janedoe`), a first name, or the first one of several authors.
    """
    if len(names) > 1:
        return names
    stated = squeeze(names[0])
    start = names[0][:MAX_START].casefold()
    for text in listed:
        if len(text) > MAX_LISTED or start not in text.casefold():
            continue
        found = find_names(text, outlets=outlets)
        if not found or not all(map(is_person, found)):
            continue
        shown = [squeeze(name) for name in found]
        if 2 * sum(map(len, shown)) < len(squeeze(text)):
            continue
        if any(map(str.endswith if is_person(names[0]) else str.startswith, shown, repeat(stated))):
            return found
    return names


def _without_others(names: tuple[str, ...], others: Iterable[str]) -> tuple[str, ...]:
    """Several names without those of whoever took the pictures, if any are left."""
    if len(names) < 2:
        return names
    known = set(map(squeeze, others))
    return tuple(name for name in names if squeeze(name) not in known) or names


def _shown_instead(names: tuple[str, ...], sources: AuthorSources, outlets: Sequence[str]) -> tuple[str, ...]:
    """The persons in the byline right behind the headline, where the page states quite other names: those of whoever
    put the story into the system. Beside an account's name, those in an element for authors, too."""
    is_account = not any(" " in name or agency_named(name) for name in names)
    texts = chain(sources.opening, islice(sources.elements, FIRST) if is_account else ())
    for found in _named(([text] for text in texts), outlets):
        if all(map(is_person, found)) and not _is_own(found, outlets):
            return found if _words_of(names).isdisjoint(_words_of(found)) else names
    return names


def _words_of(names: Sequence[str]) -> set[str]:
    return {squeeze(word) for name in names for word in name.split()}


def structured_texts(named: Sequence[str], head: HtmlHead) -> Iterator[Sequence[str]]:
    """What structured data states, source by source: the names in JSON-LD, then the meta tags that hold persons."""
    yield named
    yield [text for text in head.values("twitter:data1") if not any(map(str.isdigit, text))][:1]
    for meta in METAS:
        if meta in head.meta:
            texts = dict.fromkeys(islice(head.values(meta), MAX_METAS))
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


def owner_as_author(publisher: str | None) -> tuple[str, ...]:
    """Who publishes a page, for one that names no author, if that is a person: they write their own site.

    >>> owner_as_author("Jane Doe"), owner_as_author("Example Times"), owner_as_author(None)
    (('Jane Doe',), (), ())
    """
    return find_names(publisher) if publisher and is_person(publisher) and has_given_name(publisher) else ()


def without_headlines(names: tuple[str, ...], title: str | None) -> tuple[str, ...]:
    """The names without those that say the headline in other words: four words or more, some of them the headline's.

    >>> without_headlines(("Night Buses Saved In Hexley", "Jane Doe"), "Council votes to keep the night buses running")
    ('Jane Doe',)
    """
    words = {word for word in (title or "").casefold().split() if len(word) >= TELLING}
    return tuple(name for name in names if not _says_headline(name, words))


TELLING, TOLD = 4, 2
"""Letters of a word that tells what a story is about, and such words that a name and a headline may not share."""


def _says_headline(name: str, title: set[str]) -> bool:
    words = name.casefold().split()
    if len(words) < LONG_NAME or has_given_name(name):
        return False
    return sum(word in title for word in words if len(word) >= TELLING) >= TOLD


LONG_NAME = 4
"""Words from which on a name is long enough to be a headline."""


def is_person(name: str) -> bool:
    """Whether the name looks like a person's: two words or more, capitalized but for particles like `von`.

    In a script that writes names without a space, a few characters are a name.

    >>> is_person("Ludwig van Beispiel"), is_person("Example University"), is_person("admin")
    (True, False, False)
    """
    return bool(_PERSON.fullmatch(name) or is_unspaced_name(name)) and not is_no_person(name)


def _is_running_text(name: str) -> bool:
    """Whether the words are those of a sentence: two of three or more are in lower case and no particles of a name, or
    the first is and one of them stands in no name."""
    words = name.split()
    lower = [word.islower() and word not in PARTICLES for word in words]
    return (len(words) > 2 and sum(lower) >= 2) or (len(words) > 1 and lower[0] and (is_no_person(name) or '"' in name))


def _are_sections(names: Sequence[str]) -> bool:
    """Whether several names are those of sections. (A site may sign with one such name: `Example Today`.)"""
    return len(names) > 1 and any(map(is_section, names)) and not any(map(has_given_name, names))


def _may_sign(name: str) -> bool:
    return is_person(name) or is_team(name)


def _named(sources: Iterable[Sequence[str]], outlets: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The names in each source that holds any."""
    for texts in sources:
        if names := find_names("; ".join(texts), outlets=outlets):
            yield names


def _is_own(names: Sequence[str], outlets: Sequence[str]) -> bool:
    """Whether all names are the outlet's, give or take words like `Staff` and a domain's ending."""
    others = [squeeze(outlet) for outlet in outlets]
    return all(
        any(own == other or (len(other) > 3 and other in own) or (len(own) > 4 and own in other) for other in others)
        for own in map(squeeze, names)
    )


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
            yield lines[index]


def _is_signature(lines: Sequence[str], index: int) -> bool:
    """Whether the line is a name with a date or a job on it (`Jane Doe | 7 May 2026`) or beside it.

    Headings and buttons stand beside dates, too: there, a person's line begins with a given name.
    """
    line = lines[index]
    if _MARK.search(line):
        return _is_beside_names(line) and (names_a_job(line) or any(map(has_given_name, find_names(line))))
    beside = [other for other in lines[max(0, index - 2) : index + 3] if len(other) < MAX_BESIDE]
    if not (_may_sign(line) and any(map(_is_beside_names, beside))):
        return False
    return has_given_name(line) or is_team(line) or any(map(names_a_job, beside))


def _is_twice(lines: Sequence[str], index: int) -> bool:
    """Whether the line may be a person's name, however rare, and the next one is the name again, below a portrait."""
    return " " in lines[index] and lines[index : index + 1] == lines[index + 1 : index + 2] and is_person(lines[index])


def _is_beside_names(line: str) -> bool:
    """Whether the line is of the kind that stands beside a name: a date, or a person's job."""
    if len(line) >= MAX_BESIDE:
        return False
    return bool(find_dates(line, day_first=True) or _MINUTES.search(line)) or names_a_job(line)
