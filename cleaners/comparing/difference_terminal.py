"""A difference in a terminal: what was gained and lost by outlet and label, by rule, and on the most changed pages."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from cleaners.comparing.difference import (
    ABSENT,
    ChangedPassage,
    ChangeTotal,
    Difference,
    LabelMove,
    OutletDifference,
    PageChange,
    RuleMove,
)
from cleaners.comparing.difference_json import most_words_first
from cleaners.words.display import counted, printable

OUTLETS, MOVES, RULES = 20, 8, 15
"""How many outlets, pairs of labels for each outlet, and pairs of rules are shown. JSON has all of them."""

_HEAD = "bold underline"
_COUNTS = 28
"""The width in columns of the counts at the start of a line."""


def terminal_difference(difference: Difference, console: Console) -> Iterator[Text]:
    """The lines that show a difference, as wide as the console."""
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
    line = f"{counted(difference.pages, 'page')}, {difference.changed:,} changed"
    for run, count in (("old", difference.only_old), ("new", difference.only_new)):
        line += f", {count:,} of them only in the {run} run" if count else ""
    yield from _wrapped(Text(line), console)
    yield Text(f"{_arrow(difference.stories)} stories")
    yield Text(f"{_arrow(difference.kept)} words of text: ").append(_balance(difference))


def _arrow(counts: list[int]) -> str:
    old, new = counts
    return f"{old:,} → {new:,}"


def _balance(sums: Difference | OutletDifference) -> Text:
    return Text.assemble((f"+{sums.gained:,}", "green"), " ", (f"-{sums.lost:,}", "red"))


def _outlets(difference: Difference, console: Console) -> Iterator[Text]:
    changed = [(name, outlet) for name, outlet in difference.outlets.items() if outlet.changed]
    changed.sort(key=lambda item: (-sum(total.words for total in item[1].moves.values()), item[0]))
    yield Text()
    yield Text("By outlet and label", _HEAD)
    for name, outlet in changed[:OUTLETS]:
        line = Text(printable(name), "bold").append(
            f": {outlet.changed:,} of {outlet.pages:,} pages changed, words of text ", "not bold"
        )
        yield from _wrapped(line.append(_balance(outlet)), console)
        moves = most_words_first(outlet.moves)
        for move, total in moves[:MOVES]:
            yield from _with_counts(total, _label_move(move), console)
        yield from _more(len(moves) - MOVES, "move")
    yield from _more(len(changed) - OUTLETS, "outlet")


def _rules(difference: Difference, console: Console) -> Iterator[Text]:
    moves = most_words_first(difference.rules)
    if not moves:
        return
    yield Text()
    yield Text("By rule", _HEAD)
    for move, total in moves[:RULES]:
        yield from _with_counts(total, _rule_move(move), console)
    yield from _more(len(moves) - RULES, "move")


def _label_move(move: LabelMove) -> Text:
    line = Text(f"{move.old} → {move.new}", _style(move.old, move.new))
    return line.append(", to another story", "dim") if move.moved else line


def _rule_move(move: RuleMove) -> Text:
    line = Text(f"{move.old} → {move.new}", _style(move.old, move.new))
    if move.old != move.new and (move.old_rule or move.new_rule):
        line.append(printable(f"  {move.old_rule or ABSENT} → {move.new_rule or ABSENT}"), "dim")
    return line


def _style(old: str, new: str) -> str:
    was, now = old in _IN_TEXT, new in _IN_TEXT
    return "" if was == now else "green" if now else "red"


_IN_TEXT = frozenset({"text", "body", "heading", "credit"})


def _page(change: PageChange, console: Console) -> Iterator[Text]:
    yield Text()
    line = Text(printable(change.page), "bold").append(f"  {counted(change.words, 'word')}", "dim")
    yield from _wrapped(line, console)
    for passage in change.passages:
        yield from _passage(passage, console)
    yield from _more(change.more, "passage")


def _passage(passage: ChangedPassage, console: Console) -> Iterator[Text]:
    move = _rule_move(passage.move)
    if passage.moved:
        move.append(", to another story", "dim")
    yield from _wrapped(move.append(f"  {counted(passage.words, 'word')}", "dim"), console, indent=2)
    yield from _wrapped(Text(printable(passage.text)), console, indent=4)


def _with_counts(total: ChangeTotal, line: Text, console: Console) -> Iterator[Text]:
    counts = f"{counted(total.words, 'word')}, {counted(total.passages, 'passage')}"
    yield from _wrapped(Text(f"{counts:<{_COUNTS}}  ", "dim").append(line), console, indent=2)


def _more(count: int, one: str) -> Iterator[Text]:
    if count > 0:
        yield Text(f"  and {counted(count, f'more {one}')}", "dim")


def _wrapped(text: Text, console: Console, indent: int = 0) -> Iterator[Text]:
    for line in text.wrap(console, max(20, console.width - indent)):
        line.rstrip()
        yield Text(" " * indent) + line
