"""The headline of a page, chosen among the texts that may be it.

A page states its headline up to five times: in an `h1`, in JSON-LD, in `og:title`, in `twitter:title` and in
`<title>`. The latter often add the outlet's name, are shortened, or are written for search engines. No source is right
on every site: an `h1` may hold the outlet's name or a box's heading, or start with a kicker. Two sources that agree are
right: on annotated pages an `h1` that another source repeats is the headline 96 times in 100. Otherwise the `h1` with
the most words in common with another source is chosen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, chain, islice

from cleaners.words.folding import REMEMBERED, squeeze, word_keys
from cleaners.words.shapes import count_words

MAX_CHARACTERS = 500
"""Longer texts are no headlines."""

ALIKE = 0.34
"""The share of words (of the shorter text) that an `h1` has in common with another source if it is the headline."""

MIN_BEHIND_KICKER = 12
"""Letters and digits of a text that ends an `h1`, at least, for the words before it to be a kicker."""

MAX_SITE_WORDS = 4
MIN_HEADLINE_WORDS = 5
"""Words of a site's name at most, and of the headline in front of it at least, where nothing else separates them."""

MAX_SECTION_WORDS = 2
"""Words of a section's name between the headline and the site's name, at most, where the page has no such line."""

DIGITS_OF_DATE = 5
"""Digits of a date with its year, at least."""

MIN_UNLIKE_WORDS = 7
"""Words of the first `h1` that is the headline although it has no words in common with what the page states."""

MIN_BEFORE_SECTION = 4
"""Words of the headline in front of a section's name, at least."""

_ARCHIVES = frozenset({"blogarchive", "blogarchiv", "blogarkiv", "archivedublog", "archivesdublog", "archivodelblog"})
"""What blogs put between their name and the headline, squeezed: `Site » Blog Archive » Headline`."""

_SEPARATOR = re.compile(
    r"\s(?:[|\-–—−·•»«:~.<]|::|//?|›|\\|-{2,4})\s|\s?[|｜ㅣ]\s?"
    r"|(?<=[\u3040-\u9fff\uac00-\ud7a3！？”》」』）])(?:_{1,3}|-{2,4})(?=[^\W_])"
)
"""Between the parts of a `<title>`; in Chinese, Japanese and Korean also `标题_栏目_网站` and `--` without spaces."""

_MARK_OF_SEPARATOR = re.compile(r"[|\-–—−·•»«:~.</›\\｜ㅣ_]")


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
    texts = [_without_outlet(text, outlets) for text in stated]
    if _is_outlet(texts[0] if texts else "", outlets):
        texts.sort(key=lambda text: _is_outlet(text, outlets))
    headings = [heading[:MAX_CHARACTERS] for heading in candidates.headings if squeeze(heading)]
    leftovers = _leftovers(candidates)
    own = [
        _without_outlet(heading, outlets)
        for heading in headings
        if not (_is_outlet(heading, outlets) or squeeze(heading) in leftovers or _is_site_name(heading, candidates))
    ]
    return (
        _below_site_name(candidates, headings)
        or _shown_below(own, candidates, outlets)
        or _without_kicker(own, texts)
        or _repeated(own, texts)
        or _repeated(own, [part for text in texts for part in _heads(text)])
        or _behind_kicker(own, texts, candidates.pieces)
        or _behind_short_kicker(own, [part for text in texts for part in _heads(text)])
        or _alike(own, texts)
        or _long(own[:1], texts, candidates)
        or _beside_no_title(own, texts)
        or _stated(stated, texts, candidates.lines)
        or next(iter(headings), None)
    )


def _without_archive(candidates: TitleCandidates) -> TitleCandidates:
    """The candidates with the headline and the site of a blog's `<title>`: `Site » Blog Archive » Headline`."""
    title = candidates.title or ""
    parts = _separators(title)
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


def title_parts(title: str) -> list[str]:
    """The parts of a `<title>` between its separators.

    >>> title_parts("Harbour reopens | Local | Example Times")
    ['Harbour reopens', 'Local', 'Example Times']
    """
    marks = _separators(title)
    starts, ends = [0, *(mark.end() for mark in marks)], [*(mark.start() for mark in marks), len(title)]
    parts = (title[start:end] for start, end in zip(starts, ends, strict=True))
    return [part for part in parts if part.strip()]


@lru_cache(maxsize=REMEMBERED)
def _separators(text: str) -> tuple[re.Match[str], ...]:
    """The separators in a text, which is asked for them again and again; most have none of their marks."""
    return tuple(_SEPARATOR.finditer(text)) if _MARK_OF_SEPARATOR.search(text) else ()


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
    parts = _separators(title)
    own, words = squeeze(heading), count_words(heading)
    if words > MAX_SITE_WORDS:
        return False
    if title.endswith(heading) and title != heading and _shown_beginning(title, candidates.lines()):
        return True
    if not parts:
        return False
    wanted = max(MIN_HEADLINE_WORDS, words + 2)
    if squeeze(title[parts[-1].end() :]) == own and count_words(title[: parts[-1].start()]) >= wanted:
        return True
    first = squeeze(title[: parts[0].start()]) == own and count_words(title[parts[0].end() :]) >= wanted
    return first and _owns_page(own, candidates.lines())


def _owns_page(name: str, lines: Sequence[str]) -> bool:
    """Whether a copyright line names an outlet, whose name is squeezed."""
    return bool(name) and any(name in squeeze(line) for line in lines if "©" in line or "(c)" in line[:4].lower())


def _below_site_name(candidates: TitleCandidates, headings: Sequence[str]) -> str | None:
    """The first `h2` of a page whose `<title>` and `h1` are nothing but the site's name."""
    names = {squeeze(text) for text in (*headings, candidates.title, candidates.og, candidates.headline) if text}
    if len(names) != 1 or not headings or count_words(headings[0]) > MAX_SITE_WORDS:
        return None
    if not _owns_page(next(iter(names)), candidates.lines()):
        return None
    longer = (text for text in candidates.subheadings() if count_words(text) >= MIN_HEADLINE_WORDS)
    return next(longer, None)


def _without_outlet(text: str, outlets: Sequence[str]) -> str:
    """The text without the outlet's (squeezed) names in front of it and behind it."""
    while (parts := _separators(text)) and _is_outlet(text[parts[-1].end() :], outlets):
        text = text[: parts[-1].start()]
    while (parts := _separators(text)) and _is_outlet(text[: parts[0].start()], outlets):
        text = text[parts[0].end() :]
    return text


def _shown_below(headings: Sequence[str], candidates: TitleCandidates, outlets: Sequence[str]) -> str | None:
    """What the page states for readers elsewhere and shows as an `h2`, where its `h1` is another text: one for search
    engines. Words in front of it in the `h2` are a kicker."""
    shown = list(map(squeeze, headings))
    stated = (candidates.og, candidates.headline, candidates.twitter)
    texts = [_without_outlet(text, outlets) for text in stated if text and len(text) <= MAX_SHOWN_BELOW]
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


def _without_kicker(headings: Sequence[str], texts: Sequence[str]) -> str | None:
    """The headline that one text states alone and another behind a kicker (`Opinion | Harbour reopens`), where an `h1`
    runs both together (`Opinion Harbour reopens`). One with the same mark in it has that as a part of the headline."""
    shown = {squeeze(heading): heading for heading in headings}
    stated = (part for text in texts for part in (text, *_heads(text)))
    whole = [(text, shown[key]) for text in stated if (key := squeeze(text)) in shown]
    ends = {
        squeeze(text[mark.end() :])
        for text, heading in whole
        for own in [set(map(squeeze, _heads(heading)))]
        for mark in _separators(text)
        if squeeze(text[: mark.start()]) not in own
    }
    return next((text for text in texts if squeeze(text) in ends and len(squeeze(text)) > MIN_BEHIND_KICKER), None)


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
    """The first heading that one of the texts repeats, in that text's spelling where the heading has lost its colon."""
    for heading in headings:
        for text in texts:
            if squeeze(heading) == squeeze(text):
                lost = _has_lost_mark(heading, text) or word_keys(heading) != word_keys(text)
                return text if lost else heading
    return None


def _has_lost_mark(heading: str, text: str) -> bool:
    """Whether a text has a colon or a dash that a heading lacks, since its parts stand on lines of their own there."""
    colon = ":" in text and not (":" in heading or _ATTACHED_DASH.search(heading))
    dash = any(mark in text and not _PARTING.search(heading) for mark in (" - ", " – ", " — "))
    return " :" in heading or colon or dash


_ATTACHED_DASH = re.compile(r"\w[-–—]\s")
_PARTING = re.compile(r"[:–—|]|-\s")


def _behind_kicker(headings: Sequence[str], texts: Sequence[str], pieces: Callable[[str], Sequence[str]]) -> str | None:
    """The text that ends a heading which has words of its own in front (`Premier League Everton beat Liverpool`), or
    that has other things of the page around it. They stand in elements of their own, or behind a separator."""
    for heading in headings:
        whole = squeeze(heading)
        for text in texts:
            wanted = squeeze(text)
            if len(wanted) <= MIN_BEHIND_KICKER:
                continue
            before, found, behind = whole.partition(wanted)
            if not found:
                continue
            edges = _edges(heading, pieces)
            is_subtitle = not before and len(wanted) in edges
            if is_subtitle or (_is_beside(before, behind) and edges.issuperset({len(before)} - {0})):
                return text
    return None


def _edges(heading: str, pieces: Callable[[str], Sequence[str]]) -> set[int]:
    """How many letters and digits of a heading stand before each of its separators and each end of an element."""
    marks = (len(squeeze(heading[: mark.start()])) for mark in _separators(heading))
    return {*marks, *accumulate(len(squeeze(piece)) for piece in pieces(heading))}


def _behind_short_kicker(headings: Sequence[str], heads: Sequence[str]) -> str | None:
    """The beginning of a `<title>` that ends a heading behind one or two words of its own."""
    long = [text for text in heads if len(squeeze(text)) > MIN_BEHIND_KICKER]
    ends = ((heading, text) for heading in headings for text in long if squeeze(heading).endswith(squeeze(text)))
    kickers = (text for heading, text in ends if 0 < count_words(heading) - count_words(text) <= MAX_SECTION_WORDS)
    return next(kickers, None)


def _is_beside(before: str, behind: str) -> bool:
    """Whether the squeezed texts before and behind a headline are none of it: a kicker, a date's parts on both sides,
    or a count (`… 87`) or a date behind it. A mere figure in front belongs to the headline."""
    if behind:
        return behind[-1].isdigit() or sum(map(str.isdigit, behind)) >= DIGITS_OF_DATE
    return not before.isdigit() or len(before) >= DIGITS_OF_DATE


def _alike(headings: Sequence[str], texts: Sequence[str]) -> str | None:
    """The heading that has most words in common with one of the texts, if they are many; the longer one of two that
    are in a text as a whole. A word alone says little beside a headline."""
    likely = [heading for heading in headings if len(word_keys(heading)) > 1 or len(headings) == 1]
    if not likely or not texts:
        return None
    shares = [max((_common_share(heading, text), _common(heading, text)) for text in texts) for heading in likely]
    best = max(shares)
    return likely[shares.index(best)] if best[0] >= ALIKE else None


def _common(one: str, other: str) -> int:
    """How many words two texts have in common."""
    return len(set(word_keys(one)) & set(word_keys(other)))


def _common_share(one: str, other: str) -> float:
    """How many of the words of the shorter text are in the longer one, 0 to 1."""
    first, second = set(word_keys(one)), set(word_keys(other))
    return len(first & second) / max(1, min(len(first), len(second)))


def _stated(stated: Sequence[str], texts: Sequence[str], lines: Callable[[], Sequence[str]]) -> str | None:
    """What the most trusted place states; of a `<title>` on its own, the part that is the headline."""
    if not texts:
        return None
    if len(texts) > 1 or texts[0] != stated[0]:
        return _whole(_shown_head(texts[0], lines), texts)
    if _separators(texts[0]):
        return _headline_in(texts[0], lines())
    return _shown_beginning(texts[0], lines()) or texts[0]


def _shown_head(text: str, lines: Callable[[], Sequence[str]]) -> str:
    """The beginning of a text up to a separator, if the page shows it on a line and not the whole text."""
    heads = [head for head in _heads(text) if count_words(head) >= MIN_BEFORE_SECTION]
    shown = set(map(squeeze, lines())) if heads else set()
    if squeeze(text) in shown:
        return text
    return next((head for head in reversed(heads) if squeeze(head) in shown), text)


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
    {
        "home",
        "homepage",
        "index",
        "startseite",
        "accueil",
        "inicio",
        "início",
        "untitled",
        "untitleddocument",
        "welcome",
        "willkommen",
        "главная",
        "головна",
        "strona główna",
        "首页",
        "首頁",
        "ホーム",
        "홈",
    }
)
"""What stands in the `<title>` of a page that has no title of its own, squeezed."""


def _shown_beginning(title: str, lines: Sequence[str]) -> str | None:
    """The line of a page with which its `<title>` begins, if another mark parts it from a few words for the site."""
    for line in lines:
        behind = title[len(line) :].strip()
        if title.startswith(line) and _OTHER_MARK.match(behind) and count_words(line) >= MIN_BEFORE_SECTION:
            return line if count_words(behind) <= MAX_SITE_WORDS + 1 else None
    return None


_OTHER_MARK = re.compile(r"[：:‖¦/([【«>–—-]")


def _headline_in(title: str, lines: Sequence[str]) -> str:
    """The part of a `<title>` without the names of the site and of the section, which stand behind it or in front."""
    parts = _separators(title)
    # `标题_栏目_网站`: the column stands between the headline and the site
    unspaced = [part for part in parts if ("_" in part[0] or "--" in part[0]) and part[0].strip() == part[0]]
    if unspaced:
        return title[: unspaced[0].start()]
    shown = {squeeze(line) for line in lines if len(line) <= len(title)}
    first, last = title[: parts[0].start()], title[parts[-1].end() :]
    if _is_named_first(first, last) or _is_masthead(first, last, lines):
        return last
    if count_words(first) <= MAX_SITE_WORDS and _owns_page(squeeze(first), lines):
        return title[parts[0].end() :]
    head = title[: parts[-1].start()]
    for part in reversed(parts[:-1]):
        section, rest = head[part.end() :], head[: part.start()]
        short = part[0].strip() in _NO_DASHES and count_words(section) <= MAX_SECTION_WORDS
        named = part[0] == parts[-1][0] and squeeze(section) in shown
        if not (short or named) or count_words(rest) < MIN_BEFORE_SECTION:
            break
        head = rest
    return head


_NO_DASHES = frozenset("|/<»›·•｜ㅣ") | {"::", "//"}
"""Separators that stand in no headline."""


def _is_named_first(first: str, last: str) -> bool:
    """Whether a `<title>` begins with a few words for the site and ends with a headline."""
    words = count_words(last)
    return words >= MIN_HEADLINE_WORDS and words > 2 * count_words(first) <= 2 * MAX_SITE_WORDS


def _is_masthead(first: str, last: str, lines: Sequence[str]) -> bool:
    """Whether a `<title>` begins with the line that stands at the top of the page, and ends with a longer one of it."""
    if not lines or squeeze(lines[0]) != squeeze(first) or count_words(first) > MAX_SITE_WORDS:
        return False
    return count_words(last) > count_words(first) and squeeze(last) in map(squeeze, lines)


def _heads(text: str) -> Iterator[str]:
    """The text up to each of its separators."""
    return (text[: separator.start()] for separator in _separators(text))


def _is_outlet(text: str, outlets: Sequence[str]) -> bool:
    """Whether the text is one of the outlet's names, a part of one, or one with a few words around, or whether all its
    words are in one: `Rust Blog` for `blog.rust-lang.org`."""
    own = squeeze(text)
    parts = word_keys(text)
    return not own or any(
        own == name
        or (len(own) > 3 and (own in name or all(len(part) > 2 and part in name for part in parts)))
        or (len(name) > 3 and name in own and len(parts) < 9)
        for name in outlets
    )
