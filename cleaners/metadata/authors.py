"""Who wrote the page: the sources that name an author, most trusted first.

Measured on annotated pages, JSON-LD's persons and what blog systems write into their own meta tags are right nine
times in ten, the plain `author` tag less often because it likes to hold the outlet, an element with an author's class
three times in four, a line that begins with a word like `By` half the time. The outlet itself is taken for the author
only where no trusted source names anybody else. `cleaners.metadata.author_texts` finds the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat

from cleaners.metadata.author_texts import FIRST
from cleaners.metadata.persons import is_person, may_sign
from cleaners.words.agencies import agency_named
from cleaners.words.folding import squeeze
from cleaners.words.name_kinds import has_given_name, is_no_person, is_section
from cleaners.words.name_words import PARTICLES
from cleaners.words.names import find_names

MAX_START = 3
"""First letters of a stated name; only lines that contain them are read in search of its full form."""

MAX_LISTED = 200
"""Characters of a line that lists the names of authors; a longer one is a caption, or a sentence."""


@dataclass(frozen=True, slots=True)
class AuthorSources:
    """The texts that may name the authors, source by source. Each is read lazily, only as far as it is needed.

    `structured` is what structured data states; `listed` the lines behind the headline, which may have its names in
    full; `opening` the bylines right behind the headline; `elements` the elements for authors; `others` those who took
    the pictures and the like; `visible` the bylines that the page shows, surest first; `signed` the few words behind a
    `By` that stands alone near the headline; `guessed` the lines that count as a byline where nothing else names
    anybody; and `last` what is left after these.
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
        signed = (tuple(filter(may_sign, names)) for names in guesses if may_sign(names[0]))
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


def _is_running_text(name: str) -> bool:
    """Whether the words are those of a sentence: two of three or more are in lower case and no particles of a name, or
    the first is and one of them stands in no name."""
    words = name.split()
    lower = [word.islower() and word not in PARTICLES for word in words]
    return (len(words) > 2 and sum(lower) >= 2) or (len(words) > 1 and lower[0] and (is_no_person(name) or '"' in name))


def _are_sections(names: Sequence[str]) -> bool:
    """Whether several names are those of sections. (A site may sign with one such name: `Example Today`.)"""
    return len(names) > 1 and any(map(is_section, names)) and not any(map(has_given_name, names))


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
