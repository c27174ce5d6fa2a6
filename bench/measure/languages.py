"""How often the language of a text is found, by Copydesk and by each of the two detectors that it asks.

The texts: the annotated stories of the corpora whose page states a language (a few state a wrong one), the beginnings
of these stories, and one sample a language made for this purpose: whole, each half alone, and as a story with a long
quotation in another language. `languages` counts the languages of the texts, times are processor time.
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from langdetect import DetectorFactory, detect
from langdetect.lang_detect_exception import LangDetectException
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bench.pages.corpora import ARTICLES, MORE_TRAINING, MULTILINGUAL, NEWS, NEWS_SITES, read_jsonl
from bench.tables import Cell, table
from cleaners.blocks.html import parse
from cleaners.decoding.encodings import decode
from cleaners.metadata import read_markup
from cleaners.metadata.language import SAMPLE, detect_language

SAMPLES = Path(__file__).parents[1] / "pages" / "language_samples.toml"
FILES = (NEWS, MORE_TRAINING, NEWS_SITES, MULTILINGUAL, ARTICLES)
BEGINNING = 80
"""Characters of a short text."""

DetectorFactory.seed = 0


class Text(NamedTuple):
    """Paragraphs in a language, and the set that they are from."""

    group: str
    language: str
    paragraphs: Sequence[str]


def made() -> Iterator[Text]:
    """The samples: whole, in halves, and quoting another language."""
    samples = tomllib.loads(SAMPLES.read_text(encoding="utf-8"))
    for key, text in samples.items():
        code = key.partition("_")[0]
        first, second = halves(text)
        quotation = samples["fr" if code != "fr" else "de"]
        yield Text("samples", code, [text])
        yield from (Text("half samples", code, [half]) for half in (first, second))
        yield Text("samples that quote", code, [first, " ".join([quotation] * 3), second, text])


def halves(text: str) -> tuple[str, str]:
    """The text in two, parted at a space where it has one.

    >>> halves("one two three")
    ('one', 'two three')
    """
    middle = text.rfind(" ", 0, len(text) // 2 + 1)
    middle = len(text) // 2 if middle < 0 else middle
    return text[:middle].strip(), text[middle:].strip()


def annotated(file: Path) -> Iterator[Text]:
    """The stories of a corpus whose page states a language, and their beginnings."""
    name = file.name.partition(".")[0]
    for sample in read_jsonl(file):
        paragraphs = list(sample.paragraphs or sample.must_have)
        html = sample.html if isinstance(sample.html, str) else decode(sample.html)
        stated = read_markup(parse(html)).metadata.language
        stated = "no" if stated == "nb" else stated
        if stated and paragraphs:
            yield Text(name, stated, paragraphs)
            yield Text("beginnings", stated, [" ".join(paragraphs)[:BEGINNING]])


def ours(paragraphs: Sequence[str]) -> str | None:
    """What Copydesk decides."""
    return detect_language(paragraphs)


def by_langdetect(paragraphs: Sequence[str]) -> str | None:
    """What langdetect says of the beginning."""
    try:
        return str(detect(_beginning(paragraphs))).partition("-")[0]
    except LangDetectException:  # no letter of any language that it knows
        return None


def by_py3langid(paragraphs: Sequence[str]) -> str | None:
    """What py3langid says of the beginning."""
    return str(_identifier().classify(_beginning(paragraphs))[0])


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _beginning(paragraphs: Sequence[str]) -> str:
    return " ".join(paragraphs)[:SAMPLE]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--made", action="store_true", help="only the samples that were made for this purpose")
    parser.add_argument("--wrong", action="store_true", help="list the texts whose language Copydesk does not find")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The wrong texts if they are asked for, then the table."""
    sides: dict[str, Callable[[Sequence[str]], str | None]] = {
        "Copydesk": ours, "py3langid": by_py3langid, "langdetect": by_langdetect,
    }  # fmt: skip
    texts = [*made(), *(text for file in (() if options.made else FILES) for text in annotated(file))]
    right: dict[tuple[str, str], int] = {}
    seconds = dict.fromkeys(sides, 0.0)
    for name, side in sides.items():
        side(["It was the first day of spring in the town, and the harbour was open for trade."])  # loads its model
        for text in texts:
            start = time.process_time()
            found = side(text.paragraphs)
            seconds[name] += time.process_time() - start
            right[name, text.group] = right.get((name, text.group), 0) + (found == text.language)
            if options.wrong and name == "Copydesk" and found != text.language:
                yield f"{text.group}: {text.language}, found {found}: {_beginning(text.paragraphs)[:80]}"
    rows: list[list[Cell]] = []
    for group in dict.fromkeys(text.group for text in texts):
        languages = [text.language for text in texts if text.group == group]
        shares = [right[name, group] / len(languages) for name in sides]
        rows.append([group, len(languages), len(set(languages)), *shares])
    times = [f"{1000 * seconds[name] / len(texts):.2f}" for name in sides]
    yield table(["", "texts", "languages", *sides], [*rows, ["ms a text", None, None, *times]])
