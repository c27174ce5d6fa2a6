"""A difference as one JSON object, for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from cleaners.comparing.difference import Difference, PageChange, RuleWay, Sum, Way
from cleaners.records.rows import Record


def difference_row(difference: Difference) -> Record:
    """All counts, every outlet and every way of rules, most words first, and the most changed pages."""
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
                "labels": [{**way._asdict(), **_sum(sum_)} for way, sum_ in by_words(outlet.ways)],
            }
            for name, outlet in sorted(difference.outlets.items())
        ],
        "rules": [{**way._asdict(), **_sum(sum_)} for way, sum_ in by_words(difference.rules)],
        "most_changed": [_page(change) for change in difference.most_changed],
    }


_Key = TypeVar("_Key", Way, RuleWay)


def by_words(sums: Mapping[_Key, Sum]) -> list[tuple[_Key, Sum]]:
    """Sums with their keys, most words first."""
    return sorted(sums.items(), key=lambda item: (-item[1].words, item[0]))


def _old_and_new(counts: list[int]) -> Record:
    return dict(zip(("old", "new"), counts, strict=True))


def _sum(sum_: Sum) -> Record:
    return {"passages": sum_.passages, "words": sum_.words}


def _page(change: PageChange) -> Record:
    return {
        "page": change.page,
        "outlet": change.outlet,
        "words": change.words,
        "passages": [
            {**passage.way._asdict(), "moved": passage.moved, "words": passage.words, "text": passage.text}
            for passage in change.passages
        ],
        "more_passages": change.more,
    }
