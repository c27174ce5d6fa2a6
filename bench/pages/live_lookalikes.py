"""Made pages that repeat something with a time or a date, and are no live columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import escape

from bench.pages.live_pages import DAY, LivePage, document
from bench.pages.live_texts import TOLD, Told

Part = Callable[[int, str, str], str]
"""One of the parts that repeat, from its number, its headline and its words."""


def _recipe(number: int, title: str, text: str) -> str:
    return f"<section><h3>Step {number + 1}: 0:{10 + 5 * number} h</h3><p>{text}</p></section>"


def _programme(number: int, title: str, text: str) -> str:
    return f"<div class=slot><b>{9 + number}:30</b><h3>{title}</h3><p>{text}</p></div>"


def _history(number: int, title: str, text: str) -> str:
    return f"<div class=event><h3>{1990 - 7 * number}</h3><p>{title}. {text}</p></div>"


def _chapters(number: int, title: str, text: str) -> str:
    return f"<div class=chapter><span>{number * 7:02}:{15 + number}</span><h4>{title}</h4><p>{text}</p></div>"


def _round_up(number: int, title: str, text: str) -> str:
    return f"<h2>{title}</h2><p>{text}</p>"


def _comments(number: int, title: str, text: str) -> str:
    return f"<div class=comment><b>Reader {number}</b><time>{20 - number}:{10 + number}</time><p>{text}</p></div>"


def _thread(number: int, title: str, text: str) -> str:
    when = (DAY + timedelta(minutes=17 * number)).strftime("%d.%m.%Y, %H:%M")
    return f"<div class=post><div class=head><b>user{number}</b> {when}</div><p>{text}</p></div>"


def _newest_answers(number: int, title: str, text: str) -> str:
    when = (DAY - timedelta(minutes=17 * number)).strftime("%B %d, %Y %H:%M")
    return f"<div class=msg><div class=head><b>user{number}</b> {when}</div><p>{text}</p></div>"


def _teasers(number: int, title: str, text: str) -> str:
    return (
        f"<div class=news><span>{20 - number}:45</span><h3><a href=/story/{number}>{title}</a></h3><p>{text}</p></div>"
    )


def _teasers_below(number: int, title: str, text: str) -> str:
    return f"<li><time>{20 - number}:45</time> <a href=/story/{number}>{title}</a></li>"


def _stories(number: int, title: str, text: str) -> str:
    when = (DAY - timedelta(minutes=90 * number)).strftime("%d %B %Y %H:%M")
    return (
        f"<article><h1>{title}</h1><p class=byline>By Ana Example</p><p>{when}</p><p>{text}</p><p>{text}</p></article>"
    )


def _diary(number: int, title: str, text: str) -> str:
    return f"<div class=day><h3>{20 - 2 * number} February 2026, 21:{10 + number}</h3><p>{text}</p></div>"


def _hours(number: int, title: str, text: str) -> str:
    return f"<div class=shop><h3>{title}</h3><p>8:00 to {20 - number}:00</p><p>{text}</p></div>"


def _results(number: int, title: str, text: str) -> str:
    return f"<div class=match><p>{(number * 7) % 5}:{(number * 3) % 4}0</p><p>{text}</p></div>"


def _timeline(number: int, title: str, text: str) -> str:
    return f"<p><b>{6 + number}:1{number} a.m.</b> {text}</p>"


LOOKALIKES: dict[str, Part] = {
    "recipe": _recipe,
    "programme": _programme,
    "timeline of history": _history,
    "timeline of a day": _timeline,
    "chapters of a film": _chapters,
    "round-up": _round_up,
    "comments": _comments,
    "forum thread": _thread,
    "newest answers first": _newest_answers,
    "teasers": _teasers,
    "appended stories": _stories,
    "diary": _diary,
    "opening hours": _hours,
    "results": _results,
}
"""What is repeated."""

TITLE, INTRO = (
    "What the city talks about this week",
    "The week in the city was long, and much of it was about the weather.",
)


def lookalikes() -> list[LivePage]:
    """A page of each kind, and one with a story above a list of teasers with clock times."""
    told = TOLD["en"]
    plain = Told(TITLE, f"{INTRO} {told.entries[0][1]}", ())
    pages = [LivePage(name, document(plain, "en", _repeated(part)), ()) for name, part in LOOKALIKES.items()]
    story = "".join(f"<p>{escape(text)}</p>" for _, text in told.entries)
    listed = f"{story}<ul class=list>{_repeated(_teasers_below)}</ul>"
    return [*pages, LivePage("story above teasers", document(plain, "en", listed), ())]


def _repeated(part: Part) -> str:
    return "".join(part(number, escape(title), escape(text)) for number, (title, text) in enumerate(TOLD["en"].entries))
