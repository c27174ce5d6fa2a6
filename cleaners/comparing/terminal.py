"""A difference in a terminal: what was gained and lost by outlet and label, by rule, and on which pages."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from cleaners.comparing.difference import (
    ABSENT,
    PASSAGE_CHARACTERS,
    Difference,
    OutletDifference,
    PageChange,
    Passage,
    RuleWay,
    Sum,
    Way,
)
from cleaners.comparing.row import by_words
from cleaners.words.printable import printable

OUTLETS, WAYS, RULES = 20, 8, 15
"""How many outlets, ways of labels at each and ways of rules are shown; JSON has all."""

_HEAD = "bold underline"
_COUNTS = 28
"""Columns of the counts in front of a line."""


def terminal_difference(difference: Difference, console: Console) -> Iterator[Text]:
    """The lines that tell a difference, as wide as the console."""
    yield from _totals(difference, console)
    if difference.is_none:
        return
    yield from _outlets(difference, console)
    yield from _rules(difference, console)
    if difference.most_changed:
        yield Text()
        yield Text("Most changed pages", _HEAD)
    for change in difference.most_changed:
        yield from _page(change, console)


def _totals(difference: Difference, console: Console) -> Iterator[Text]:
    told = f"{_number(difference.pages, 'page')}, {difference.changed:,} changed"
    for run, count in (("old", difference.only_old), ("new", difference.only_new)):
        told += f", {count:,} of them only in the {run} run" if count else ""
    yield from _wrapped(Text(told), console)
    yield Text(f"{_arrow(difference.stories)} stories")
    yield Text(f"{_arrow(difference.kept)} words of text: ").append(_balance(difference))


def _arrow(counts: list[int]) -> str:
    old, new = counts
    return f"{old:,} → {new:,}"


def _balance(sums: Difference | OutletDifference) -> Text:
    return Text.assemble((f"+{sums.gained:,}", "green"), " ", (f"-{sums.lost:,}", "red"))


def _outlets(difference: Difference, console: Console) -> Iterator[Text]:
    changed = [(name, outlet) for name, outlet in difference.outlets.items() if outlet.changed]
    changed.sort(key=lambda item: (-sum(sum_.words for sum_ in item[1].ways.values()), item[0]))
    yield Text()
    yield Text("By outlet and label", _HEAD)
    for name, outlet in changed[:OUTLETS]:
        told = Text(printable(name), "bold").append(
            f": {outlet.changed:,} of {outlet.pages:,} pages changed, words of text ", "not bold"
        )
        yield from _wrapped(told.append(_balance(outlet)), console)
        ways = by_words(outlet.ways)
        for way, sum_ in ways[:WAYS]:
            yield from _counted(sum_, _way(way), console)
        yield from _more(len(ways) - WAYS, "way")
    yield from _more(len(changed) - OUTLETS, "outlet")


def _rules(difference: Difference, console: Console) -> Iterator[Text]:
    ways = by_words(difference.rules)
    if not ways:
        return
    yield Text()
    yield Text("By rule", _HEAD)
    for way, sum_ in ways[:RULES]:
        yield from _counted(sum_, _rule_way(way), console)
    yield from _more(len(ways) - RULES, "way")


def _way(way: Way) -> Text:
    told = Text(f"{way.old} → {way.new}", _style(way.old, way.new))
    return told.append(", to another story", "dim") if way.moved else told


def _rule_way(way: RuleWay) -> Text:
    told = Text(f"{way.old} → {way.new}", _style(way.old, way.new))
    if way.old != way.new and (way.old_rule or way.new_rule):
        told.append(printable(f"  {way.old_rule or ABSENT} → {way.new_rule or ABSENT}"), "dim")
    return told


def _style(old: str, new: str) -> str:
    was, now = old in _IN_TEXT, new in _IN_TEXT
    return "" if was == now else "green" if now else "red"


_IN_TEXT = frozenset({"text", "body", "heading", "credit"})


def _page(change: PageChange, console: Console) -> Iterator[Text]:
    yield Text()
    told = Text(printable(change.page), "bold").append(f"  {_number(change.words, 'word')}", "dim")
    yield from _wrapped(told, console)
    for passage in change.passages:
        yield from _passage(passage, console)
    yield from _more(change.more, "passage")


def _passage(passage: Passage, console: Console) -> Iterator[Text]:
    way = _rule_way(passage.way)
    if passage.moved:
        way.append(", to another story", "dim")
    yield from _wrapped(way.append(f"  {_number(passage.words, 'word')}", "dim"), console, indent=2)
    cut = " …" if len(passage.text) == PASSAGE_CHARACTERS else ""
    yield from _wrapped(Text(printable(passage.text) + cut), console, indent=4)


def _number(count: int, one: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {one}s"


def _counted(sum_: Sum, told: Text, console: Console) -> Iterator[Text]:
    counts = f"{_number(sum_.words, 'word')}, {_number(sum_.passages, 'passage')}"
    yield from _wrapped(Text(f"{counts:<{_COUNTS}}  ", "dim").append(told), console, indent=2)


def _more(count: int, one: str) -> Iterator[Text]:
    if count > 0:
        yield Text(f"  and {_number(count, f'more {one}')}", "dim")


def _wrapped(text: Text, console: Console, indent: int = 0) -> Iterator[Text]:
    for line in text.wrap(console, max(20, console.width - indent)):
        line.rstrip()
        yield Text(" " * indent) + line
