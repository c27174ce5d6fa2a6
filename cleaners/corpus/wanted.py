"""Which records a corpus takes, before copies are looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cleaners.rights.respect import first_reserved
from cleaners.words.shapes import count_words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of the records. Empty: anything.

    `languages` and `kinds` are those of records, `min_words` counts the words of the text, `min_confidence` is the
    lowest probability that the text is right (a record of an older schema states none), and `respect` names what pages
    must not reserve ("ai-train", "tdm", "noindex").
    """

    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    min_words: int = 0
    min_confidence: float = 0.0
    respect: tuple[str, ...] = ()

    def why_not(self, record: Mapping[str, Any]) -> str | None:
        """Why a record is left out, or None.

        >>> Wanted(languages=("en",)).why_not({"language": "de", "text": "Die Brücke ist offen."})
        'language'
        """
        if self.languages and record.get("language") not in self.languages:
            return "language"
        if self.kinds and record.get("kind") not in self.kinds:
            return "kind"
        if self.min_words and sum(map(count_words, record["text"].split("\n"))) < self.min_words:
            return "too-few-words"
        if self.min_confidence and not _is_sure(record.get("confidence"), self.min_confidence):
            return "confidence"
        if name := first_reserved(reserved_uses(record), self.respect):
            return f"reserved-{name}"
        return None

    def to_dict(self) -> dict[str, Any]:
        """The filters as JSON holds them."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def _is_sure(confidence: object, least: float) -> bool:
    return isinstance(confidence, float | int) and confidence >= least


def reserved_uses(record: Mapping[str, Any]) -> list[str]:
    """What a record says is reserved; nothing in records of older schemas.

    >>> reserved_uses({"rights": {"reserved": ["tdm"]}}), reserved_uses({"rights": None})
    (['tdm'], [])
    """
    rights = record.get("rights")
    reserved = rights.get("reserved") if isinstance(rights, Mapping) else None
    return [use for use in reserved if isinstance(use, str)] if isinstance(reserved, list) else []
