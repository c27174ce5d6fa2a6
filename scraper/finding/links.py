"""Addresses: which of them can be fetched, how they are normalised, and which look like those of articles.

The links of pages, feeds and sitemaps are made absolute and lose their fragment and what only tracks the reader. The
rest stays as it is. Scrapy compares requests by a fingerprint of w3lib's canonical form, so an article that is linked
under several addresses is one request.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

from scrapy.linkextractors import IGNORED_EXTENSIONS
from w3lib.url import canonicalize_url, safe_url_string

from cleaners.words.addresses import without_www
from scraper.hosts import host_and_port

MOST_CHARACTERS = 2_048
"""Longer addresses are not fetched: the bound that sitemaps.org sets, and several times what a newsroom ever uses."""

MOST_SEGMENTS = 12
"""Folders in an address. More are a trap: a link that adds a folder to the page's own address each time."""

_TRACKING_PREFIXES = ("utm_", "at_", "hsa_", "pk_", "mtm_", "itm_", "matomo_", "_hs", "ns_", "gad_", "fb_action_")
_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh mibextid"
    " mc_cid mc_eid mkt_tok _ga _gl _openstat __twitter_impression smid smtyp s_cid wt_mc wt_zmc xtor spm vero_id"
    " oly_enc_id oly_anon_id rb_clickid soc_src soc_trk guccounter guce_referrer guce_referrer_sig ncid sr_share"
    " cmpid cmp ocid ito ref ref_src ref_url fb_ref fb_source srsltid intcmp icid wt.mc_id wt.zmc"
    " phpsessid jsessionid".split()
)
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/]*", re.IGNORECASE)


def web_address(link: str, base: str = "") -> str | None:
    """The http or https address that a link on the page `base` leads to, or None if it leads to none.

    Without the fragment, the scheme's own port, session ids and parameters that only track the reader, and with the
    characters escaped that are not allowed in an address. An address that a redirect leads to is written alike by the
    same function, without `base`.

    >>> web_address("../sport?utm_source=rss&id=7#top", "https://News.example:443/world/")
    'https://news.example/sport?id=7'
    """
    link = link.strip()
    if not link or len(link) > MOST_CHARACTERS:
        return None
    try:
        parts = urlsplit(safe_url_string(urljoin(base, link).strip()))
        _ = parts.port  # raises ValueError if it is not valid
    except ValueError:
        return None
    if not parts.netloc or re.search(r"\s", parts.netloc):
        return None
    if parts.scheme not in ("http", "https") or not host_and_port(parts.geturl()):
        return None
    path = _SESSION.sub("", parts.path).rstrip() or "/"
    address = urlunsplit((parts.scheme, _authority(parts), path, _without_tracking(parts.query), ""))
    return address if len(address) <= MOST_CHARACTERS else None


def _authority(parts: SplitResult) -> str:
    """The host in lower case, without the port that the scheme has anyway; what stands before `@` stays."""
    user, at, _ = parts.netloc.rpartition("@")
    return user + at + host_and_port(f"{parts.scheme}://{parts.netloc}")


def _without_tracking(query: str) -> str:
    return "&".join(field for field in query.split("&") if field and not _is_tracking(field.partition("=")[0].lower()))


def _is_tracking(name: str) -> bool:
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def same_page(url: str, other: str) -> bool:
    """Whether two addresses differ in nothing but http or https, `www.`, and a slash at the end.

    >>> same_page("http://www.news.example/a/", "https://news.example/a")
    True
    """
    return _plain(url) == _plain(other)


def _plain(url: str) -> str:
    return without_www(canonicalize_url(url).partition("://")[2]).rstrip("/")


# --- What a link leads to ----------------------------------------------------------------------------------------


class Target(StrEnum):
    """What an address probably leads to, judged before it is fetched."""

    ARTICLE = "article"
    HUB = "hub"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a page: its address, its words, and whether it is (in) a heading."""

    url: str
    text: str = ""
    in_heading: bool = False


ARTICLE_FROM = 2
"""Least points of a link to an article; `python -m bench links` shows the results for other thresholds."""

_EXTENSION = re.compile(r"\.(?:[sp]?html?|php\d?|aspx?|jsp|cfm|cms|ece|amp)$", re.IGNORECASE)
_OTHER_FILES = re.compile(
    rf"\.(?:{'|'.join(map(re.escape, IGNORED_EXTENSIONS))}|xml|rss|atom|json|ics|js)$", re.IGNORECASE
)
_DATE = re.compile(r"/((?:19|20)\d\d)[-/_.]?(\d\d?|[a-z]{3})(?:[-/_.]?(\d\d?))?(?=[-/_.]|$)", re.IGNORECASE)
_FULL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_.]?(0\d|1[0-2])[-/_.]?([0-2]\d|3[01])(?!\d)")
_LONG_NUMBER = re.compile(r"\d{5,}")
_MIXED = re.compile(r"(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{8,}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:^|&)(?:page|p|pg|paged|seite|pagina|start|offset)=\d+(?:&|$)", re.IGNORECASE)

_ARTICLE_WORDS = frozenset(
    "article articles artikel articulo articolo artigo artykul story stories nota noticia nachricht"
    " news-story beitrag actualite".split()
)
_HUB_WORDS = frozenset(
    "category categories kategorie categoria rubrik rubrique seccion section sections tag tags tema temas topic topics"
    " thema themen theme themes page seite pagina author authors autor autoren auteur autore archive archives archiv"
    " series serie index latest newest".split()
)
_NOTHING_WORDS = frozenset(
    "login signin sign-in logout register registration signup sign-up account my-account konto subscribe subscription"
    " subscriptions abo abonnement newsletter newsletters search suche buscar recherche cart checkout shop store"
    " contact kontakt contacto about about-us ueber-uns impressum imprint privacy privacy-policy datenschutz terms"
    " terms-of-use agb cookies cookie-policy help faq hilfe jobs careers karriere advertise mediadaten werbung rss feed"
    " feeds api wp-admin wp-json wp-login cdn-cgi print share comments kommentare epaper e-paper podcast podcasts"
    " calendar kalender calendario calendrier events veranstaltungen agenda weather wetter tv-programm horoscope"
    " horoskop games crossword sudoku gallery galleries photos video videos bilder live-tv".split()
)


def target_of(link: Link, today: date) -> Target:
    """What a link most likely leads to, by its address and its words.

    >>> str(target_of(Link("https://news.example/world/bridge-over-the-river-opens-48213.html"), date(2026, 3, 7)))
    'article'
    """
    parts = urlsplit(link.url)
    segments = [segment for segment in unquote(parts.path).lower().split("/") if segment]
    if _leads_nowhere(parts, segments, today):
        return Target.NOTHING
    return Target.ARTICLE if article_points(link) >= ARTICLE_FROM else Target.HUB


def article_points(link: Link) -> int:
    """Points for an article: a slug, a number or a date in the address, a headline in the words.

    >>> article_points(Link("https://news.example/")) < ARTICLE_FROM
    True
    """
    parts = urlsplit(link.url)
    segments = [segment for segment in unquote(parts.path).lower().split("/") if segment]
    return _address_points(parts, segments) + _word_points(link)


def _address_points(parts: SplitResult, segments: list[str]) -> int:
    if not segments and not parts.query:
        return -4
    last_two = [_EXTENSION.sub("", segment) for segment in segments[-2:]]
    slug = max((_slug_words(segment) for segment in last_two), default=0)
    has_number = any(_LONG_NUMBER.search(part) for part in (*last_two, parts.query))
    has_date = bool(_DATE.search(parts.path) and slug)
    points = min(slug, 5) - 2 if slug > 1 else -1
    points += 2 * has_number + has_date
    points += bool(slug > 1 and _EXTENSION.search(parts.path))
    points += not _ARTICLE_WORDS.isdisjoint((*segments[:-1], *_words(last_two[-1] if last_two else "")))
    points += 2 * bool(slug <= 1 and last_two and _MIXED.fullmatch(last_two[-1]))
    points -= 3 * (not _HUB_WORDS.isdisjoint(segments) and not (has_number or has_date))
    points -= 4 * bool(_PAGE_NUMBER.search(parts.query))
    return points


def _slug_words(segment: str) -> int:
    """How many words a folder's or a file's name has, numbers not counted."""
    return sum(not word.isdecimal() for word in _words(segment))


def _words(segment: str) -> list[str]:
    return [word for word in re.split(r"[-_+ ,.]+", segment) if word]


def _word_points(link: Link) -> int:
    words = len(link.text.split())
    return (words >= 5) - (0 < words <= 2) + link.in_heading


def _leads_nowhere(parts: SplitResult, segments: list[str], today: date) -> bool:
    """Whether an address is not worth fetching: another kind of file, a service page, a trap."""
    if _OTHER_FILES.search(parts.path) or len(segments) > MOST_SEGMENTS:
        return True
    if not _NOTHING_WORDS.isdisjoint(_EXTENSION.sub("", segment) for segment in segments[:2]):
        return True
    return _repeats(segments) or _is_in_the_future(parts, today)


def _repeats(segments: list[str]) -> bool:
    """Whether folders repeat, as they do when a relative link is resolved against the wrong base."""
    pairs = list(pairwise(segments))
    return len(pairs) > len(set(pairs)) or any(segments.count(segment) > 2 for segment in segments)


def _is_in_the_future(parts: SplitResult, today: date) -> bool:
    """Whether an address contains a date later than tomorrow, as the pages of calendars do."""
    for year, month, day in _FULL_DATE.findall(f"{parts.path}?{parts.query}"):
        try:
            if date(int(year), int(month), int(day)) > today + timedelta(days=2):
                return True
        except ValueError:
            continue
    return False
