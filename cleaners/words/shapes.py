"""The shape of a block's text: the few properties that the rules need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

from cleaners.words.name_words import PARTICLES
from cleaners.words.patterns import lazy_pattern

SAMPLE = 400
"""Characters at each end of a block from which its shape is read. A longer block is a paragraph in any case."""

SENTENCE_ENDS = ".!?…。！？｡．؟۔।॥។៕။།༎።։፧᠃᱾"
"""The marks that end a sentence, in all scripts that have such marks."""

CLOSING = "\"'”’»“)]›」』）】》〉］｣"
"""What may stand between the end of a sentence and the end of its line."""

UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""The scripts without spaces between words, as the inside of a character class: Thai, Lao, Tibetan, Burmese, Khmer,
Tai, kana, Bopomofo and Han."""

WIDE = UNSPACED + "\uac00-\ud7a3"
"""The same and Hangul: Korean spaces its phrases, each of which says what two or three words of other languages say."""

_NOTE_ENDS = frozenset("]*†‡¹²³⁰⁴⁵⁶⁷⁸⁹")
_NOTE_MARK = lazy_pattern(r"(?:\[[0-9a-z]{1,3}\]|[*†‡¹²³⁰⁴-⁹]{1,3}){1,4}\Z")
"""The mark of a footnote, which may stand behind the end of a sentence."""

_SENTENCE_END = frozenset(SENTENCE_ENDS)
_BRACKETS = ")）]】"
_SIGNED_SENTENCE = lazy_pattern(
    rf"[{re.escape(SENTENCE_ENDS)}][{re.escape(CLOSING)}]?\s?(?:[(（\[【][^()（）\[\]【】]{{1,24}}[)）\]】]\s?){{1,2}}\Z"
)
"""A sentence with its source in brackets behind it: `It opened on Monday. (dpa)`."""

SIGNED = 60
"""Characters at the end of a text in which such a source stands."""

_DIGIT = lazy_pattern(r"\d")
_WIDE = lazy_pattern(f"[{WIDE}]")
_OTHER_BYTES = bytes(range(0xE0))
"""The bytes of UTF-8 that are no first ones of three or four."""

_CLOSING_OR_SPACE = CLOSING + " "
UNREADABLE = "\ufffd"
"""What stands in a text for bytes that are none of its encoding."""

_FOLDED = (
    ("’", "'"), ("‘", "'"), ("‚", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("«", '"'), ("»", '"'), ("–", "-"),
    ("—", "-"),
)  # fmt: skip
_DECORATION = " \t:;,.!…·•|/\\<>›‹»«▶►▸→←↑↓✕×+*#_–—-()[]"
_BETWEEN_NAMES = PARTICLES | {"und", "and"}


class Shape(NamedTuple):
    """The words of a text, whether it ends as a sentence does, and its `key` for comparison.

    The key has case, quotes and dashes folded, and no decoration at its ends.
    """

    words: int
    ends_sentence: bool
    key: str

    @property
    def paragraph(self) -> bool:
        """Whether the text is too long for page chrome: a long sentence, or very long without a sentence's end."""
        return self.words >= (PARAGRAPH_WORDS if self.ends_sentence else RUNNING_WORDS)


PARAGRAPH_WORDS = 12
"""Words from which on a line that ends as a sentence does is a paragraph."""

UNMARKED_WORDS = 40
"""Words from which on a line in Thai or Lao, which mark no end of a sentence, counts as one that ends; a headline has
thirty, as such words are counted."""

RUNNING_WORDS = 60
"""Words from which on a line is running text even if its end is cut off."""


def shape(text: str) -> Shape:
    """The shape of a block's folded text.

    >>> shape("▶ The harbour reopened on Monday.")
    Shape(words=6, ends_sentence=True, key='the harbour reopened on monday')
    >>> shape("It opened.[2]").ends_sentence, shape("Price in euros*").ends_sentence
    (True, False)
    """
    closed = text[-8:].rstrip(_CLOSING_OR_SPACE + UNREADABLE)
    if text[-1:] in _NOTE_ENDS:
        closed = _NOTE_MARK.sub("", text[-16:]).rstrip(_CLOSING_OR_SPACE)
    words = count_words(text)
    ends = bool(closed) and (closed[-1] in _SENTENCE_END or _is_unmarked_paragraph(closed, words))
    if not ends and words >= PARAGRAPH_WORDS and text[-1] in _BRACKETS:
        ends = _SIGNED_SENTENCE.search(text[-SIGNED:]) is not None
    return Shape(words, ends, comparable(text[:SAMPLE]).strip(_DECORATION))


def _is_unmarked_paragraph(text: str, words: int) -> bool:
    """Whether a text is long and ends in a script that marks no end of a sentence."""
    return words >= UNMARKED_WORDS and "\u0e00" < text[-1:] < "\u0f00"


def with_end_mark(text: str) -> str:
    """The text with a full stop, if it is a paragraph in a script that writes none: others look for that mark.

    >>> with_end_mark("It opened"), with_end_mark("ตลาดเปิดอีกครั้ง" * 8)[-1]
    ('It opened', '.')
    """
    unmarked = "\u0e00" < text[-1:] < "\u0f00" and count_words(text) >= UNMARKED_WORDS
    return f"{text}." if unmarked else text


def count_words(text: str) -> int:
    """Words of folded text; in scripts without spaces, and in Hangul, two characters count as one word.

    >>> count_words("The harbour reopened."), count_words("港が再開した。")
    (3, 3)
    """
    spaced = text.count(" ") + 1 if text else 0
    if text.isascii():
        return spaced
    head = text[:SAMPLE]
    # In UTF-8 a wide character takes two bytes more than ASCII, and its first byte stands for three or four. Counting
    # bytes takes a third of the time of searching for the characters; the second count tells Cyrillic and Greek.
    encoded = head.encode("utf-8", "surrogatepass")
    if _wide_words((len(encoded) - len(head)) // 2, text, head) <= spaced:
        return spaced
    if _wide_words(len(encoded.translate(None, _OTHER_BYTES)), text, head) <= spaced:
        return spaced
    return max(spaced, _wide_words(len(_WIDE.findall(head)), text, head))


def count_words_of_each(texts: Sequence[str]) -> list[int]:
    """The words of each text; one search over all of them finds most pages without such scripts.

    >>> count_words_of_each(["The harbour reopened.", "港が再開した。"])
    [3, 3]
    """
    if hold_wide(texts):
        return [count_words(text) for text in texts]
    return [text.count(" ") + 1 if text else 0 for text in texts]


def hold_wide(texts: Sequence[str]) -> bool:
    """Whether any of the texts has a character of a script without spaces, or of Hangul.

    >>> hold_wide(["The harbour reopened.", "港が再開した。"]), hold_wide(["The harbour reopened."])
    (True, False)
    """
    everything = "".join(texts)
    return not everything.isascii() and _WIDE.search(everything) is not None


def _wide_words(count: int, text: str, head: str) -> int:
    """The words of a text whose head holds `count` characters of a script without spaces."""
    return count * len(text) // len(head) // 2


def has_digit(text: str) -> bool:
    """Whether a text holds a digit of any script, raised ones and those in circles among them.

    >>> has_digit("7 May"), has_digit("In May²"), has_digit("In May")
    (True, True, False)
    """
    return _DIGIT.search(text) is not None or (not text.isascii() and any(map(str.isdigit, text)))


def comparable(text: str) -> str:
    """`text` with case, quotes and dashes folded.

    >>> comparable("“Harbour” – News")
    '"harbour" - news'
    """
    if not text.isascii():
        for quote, plain in _FOLDED:  # ten passes in C take a seventh of the time of `str.translate`
            text = text.replace(quote, plain)
    return text.casefold()


def composed(text: str) -> str:
    """The same, with each letter and its marks as one character, since pages write both ways.

    >>> composed("Cafe\u0301") == composed("CAF\u00c9")
    True
    """
    return normalize("NFC", comparable(text))


_NAME_WORD = lazy_pattern(r"[^\W\d_][^\W\d_'’.-]*(?:['’.-][^\W\d_]+){0,3}\.?")


def is_name(text: str, most_words: int = 4) -> bool:
    """Whether `text` is shaped like a person's name: two to four capitalised words, with particles between.

    >>> is_name("Ludwig van Beispiel"), is_name("The harbour reopened")
    (True, False)
    """
    words = text.split(" ", most_words + 1)
    if not 2 <= len(words) <= most_words or len(text) > 60:
        return False
    return all(
        _NAME_WORD.fullmatch(word) and (word[0].isupper() or (0 < index < len(words) - 1 and word in _BETWEEN_NAMES))
        for index, word in enumerate(words)
    )


def capitalised(text: str) -> bool:
    """Whether every word of more than three letters starts with a capital: headline case, a masthead, a name.

    >>> capitalised("Example Times of York"), capitalised("Harbour reopens")
    (True, False)
    """
    long_words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return bool(text[:1].isupper()) and all(word[0].isupper() for word in long_words)
