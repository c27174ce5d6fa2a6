"""A difference as one JSON object, for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from cleaners.comparing.difference import ChangeTotal, Difference, LabelMove, PageChange, RuleMove
from cleaners.records.rows import Row


def difference_row(difference: Difference) -> Row:
    """All counts, every outlet, every pair of rules with most words first, and the most changed pages."""
    return {
        "pages": difference.pages,
        "changed": difference.changed,
        "only_old": difference.only_old,
        "only_new": difference.only_new,
        "words_kept": _old_and_new(difference.kept),
        "stories": _old_and_new(difference.stories),
        "gained": difference.gained,
        "lost": difference.lost,
        "outlets": [
            {
                "outlet": name,
                "pages": outlet.pages,
                "changed": outlet.changed,
                "gained": outlet.gained,
                "lost": outlet.lost,
                "labels": [{**move._asdict(), **_counts(total)} for move, total in most_words_first(outlet.moves)],
            }
            for name, outlet in sorted(difference.outlets.items())
        ],
        "rules": [{**move._asdict(), **_counts(total)} for move, total in most_words_first(difference.rules)],
        "most_changed": [_page(change) for change in difference.most_changed],
    }


_Key = TypeVar("_Key", LabelMove, RuleMove)


def most_words_first(totals: Mapping[_Key, ChangeTotal]) -> list[tuple[_Key, ChangeTotal]]:
    """Keys with their totals, most words first."""
    return sorted(totals.items(), key=lambda item: (-item[1].words, item[0]))


def _old_and_new(counts: list[int]) -> Row:
    return dict(zip(("old", "new"), counts, strict=True))


def _counts(total: ChangeTotal) -> Row:
    return {"passages": total.passages, "words": total.words}


def _page(change: PageChange) -> Row:
    return {
        "page": change.page,
        "outlet": change.outlet,
        "words": change.words,
        "passages": [
            {**passage.move._asdict(), "moved": passage.moved, "words": passage.words, "text": passage.text}
            for passage in change.passages
        ],
        "more_passages": change.more,
    }
