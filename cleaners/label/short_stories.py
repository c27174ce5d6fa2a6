"""Paragraphs of a story of a few lines, of which the scorers are unsure: they learned from longer ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cleaners.data import DROPPED, KEPT, Block, Box, Label
from cleaners.label.passage import HARDLY_DECIDED, LINKED, PARAGRAPH, SENTENCE, Passage
from cleaners.words.shapes import CLOSING

SHORT_STORY = 150
"""Words of text below which a story is short."""

DOUBT = 0.6
"""Confidence in dropping a sentence of it right beside a paragraph, below which the sentence is kept."""

DOUBT_BELOW_BOX = 0.8
"""The same of one that another box, such as a player, parts from the paragraphs: the scorer takes what stands there for
the end of the story."""

LEAST_DOUBT = 0.3
"""Confidence in dropping a line from which on it may go on below a box. Of lines that are dropped with less, a rule on
the whole page has decided, and as many are none of the text as are."""

BOX_LINES = 8
"""Lines of such a box at most."""

LEADS_AWAY = 0.3
"""Share of a line in links from which on it may be such a box: "Read also: …"."""

DOUBT_OF_PARAGRAPH, DOUBT_OF_SENTENCE, DOUBT_BELOW_TABLE = 0.7, 0.85, 0.9
"""The same of a paragraph of a dump, of a shorter sentence with a full stop, and of either below a table. In the dumps
of the short stories of the corpora 30 of 30 such paragraphs and 17 of 22 such sentences are text."""

SENTENCE_WORDS = 5
"""Words of a sentence."""


def beside_paragraph(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """In a short story, a sentence that is set as the paragraph right above or below it is text as that one is; so is
    one that goes on below a box of something else."""
    for index in _doubted(passage, DOUBT_BELOW_BOX):
        if not _is_sentence_to_keep(passage, index):
            continue
        near = passage.verdicts[index].confidence < DOUBT and any(
            _is_set_alike(passage, index, at) for at in (index - 1, index + 1)
        )
        if near or _is_below_box(passage, index):
            yield index, Label.BODY, 0.6


def below_box(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """In a story of any length, a sentence that goes on below a box of something else, where the scorer can hardly
    decide."""
    for index in passage.dropped_in_doubt(HARDLY_DECIDED):
        enough = passage.verdicts[index].confidence >= LEAST_DOUBT
        if enough and _is_sentence_to_keep(passage, index) and _is_below_box(passage, index):
            yield index, Label.BODY, 0.6


def answer(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A short sentence right below a question of the story, where the scorer is unsure: interviews have many that are
    `Yes.`"""
    for index in passage.dropped_in_doubt(DOUBT_OF_ANSWER):
        if passage.shapes[index].ends_sentence and _is_below_question(passage, index):
            yield index, Label.BODY, 0.6


def _is_below_question(passage: Passage, index: int) -> bool:
    """Whether a line that is no link stands in one box with a question right above it that is kept."""
    above = passage.blocks[index - 1]
    if passage.label(index - 1) not in KEPT or not above.text.endswith(QUESTION_MARKS):
        return False
    return _stands_in(passage.blocks[index]) is _stands_in(above) and not passage.blocks[index].link_density


def _stands_in(block: Block) -> Box | None:
    """The box around the one that a line fills."""
    return block.surroundings.box.parent if block.surroundings else None


DOUBT_OF_ANSWER = 0.8
"""Confidence in dropping such a sentence, below which it is kept."""

QUESTION_MARKS = tuple("?？؟;\u037e՞፧")
"""How a question ends: in Greek with what looks like a semicolon."""


def _is_sentence_to_keep(passage: Passage, index: int) -> bool:
    form = passage.shapes[index]
    return passage.verdicts[index].first is None and form.ends_sentence and form.words >= SENTENCE_WORDS


def unmarked_paragraph(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A line in Thai or Lao, which the scorer takes for a heading since it ends without a mark, if it is set as the
    paragraph right above it is."""
    for index, verdict in enumerate(passage.verdicts):
        if verdict.label is Label.HEADING and _is_unmarked(passage, index) and _is_set_alike(passage, index, index - 1):
            yield index, Label.BODY, 0.6


def _is_below_box(passage: Passage, index: int) -> bool:
    """Whether two paragraphs of the text that are set as a line is stand right above the box above that line."""
    above = (
        at
        for at in range(index - 1, max(-1, index - BOX_LINES - 3), -1)
        if passage.blocks[at].link_density < LEADS_AWAY and _is_sibling(passage, index, at)
    )
    return [passage.label(at) for _, at in zip(range(2), above, strict=False)] == [Label.BODY, Label.BODY]


def only_paragraph(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """The paragraph of a page that holds hardly anything else, of which the scorer keeps nothing; or its sentences, if
    it has several."""
    if len(passage) > HARDLY_ANY_LINES or passage.kept():
        return
    sentences = [index for index in range(len(passage)) if _is_dropped_sentence(passage, index)]
    doubted = [index for index in sentences if passage.verdicts[index].confidence < DOUBT]
    for index in sentences:
        if passage.shapes[index].paragraph or (index in doubted and len(doubted) >= SEVERAL_SENTENCES):
            yield index, Label.BODY, 0.6


def _is_dropped_sentence(passage: Passage, index: int) -> bool:
    dropped = passage.label(index) in DROPPED and passage.blocks[index].link_density < LINKED
    return dropped and _is_sentence_to_keep(passage, index)


SEVERAL_SENTENCES = 3
"""Sentences that are a story by themselves."""


HARDLY_ANY_LINES = 12
"""Lines of such a page at most."""


def said_again(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A short line that the story has twice already, as a refrain or an answer, is text where it comes again below a
    paragraph. (To the scorer what comes again and again looks like chrome.)"""
    kept: Counter[tuple[str, int]] = Counter()
    for index, verdict in enumerate(passage.verdicts):
        says = verdict.label is Label.BODY
        if (says or _goes_on(passage, index)) and (line := _line_in_box(passage, index)):
            if says:
                kept[line] += 1
            elif kept[line] >= SAID_BEFORE:
                yield index, Label.BODY, 0.6


def _line_in_box(passage: Passage, index: int) -> tuple[str, int] | None:
    """A short line with the box around its own; None for any other line."""
    form, around = passage.shapes[index], passage.blocks[index].surroundings
    if around is None or not 0 < form.words <= SHORT_LINE_WORDS or around.box.parent is None:
        return None
    return form.key, id(around.box.parent)


def _goes_on(passage: Passage, index: int) -> bool:
    """Whether the scorer drops a line right below a paragraph that it keeps, or is unsure of one below any line that it
    keeps, and the line is no link."""
    if passage.label(index - 1) is not Label.BODY or passage.label(index) not in DROPPED:
        return False
    doubted = passage.shapes[index - 1].paragraph or passage.verdicts[index].confidence < DOUBT
    return doubted and passage.blocks[index].link_density < LINKED


SAID_BEFORE = 2
"""Times that the story has a line, from which on it may come again."""

SHORT_LINE_WORDS = 8
"""Words of such a line at most."""


def below_paragraph(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """The same on a dump: what looks like a paragraph or ends with a full stop, right below a line that is kept. The
    time of an entry may stand between."""
    below_table = set()
    for index in _doubted(passage, DOUBT_BELOW_TABLE):
        verdict = passage.verdicts[index]
        above = index - 1 - (index > 1 and passage.verdicts[index - 1].rule == TIME_ALONE)
        if passage.label(above) is not Label.BODY or passage.open(above):
            continue
        if above in below_table or passage.verdicts[above].rule in TABLES:
            below_table.add(index)
        limit = DOUBT_BELOW_TABLE if index in below_table else 0.0
        if verdict.first == PARAGRAPH:
            limit = max(limit, DOUBT_OF_PARAGRAPH)
        elif verdict.first == SENTENCE and passage.blocks[index].text.rstrip(CLOSING).endswith(FULL_STOPS):
            limit = max(limit, DOUBT_OF_SENTENCE)
        if verdict.first in (PARAGRAPH, SENTENCE) and verdict.confidence < limit:
            yield index, Label.BODY, 0.6


def unmarked_line(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A line of a dump in Thai or Lao, which mark no end of a sentence, as long as a sentence is, right below the text
    and above no other such line. (Headlines of other stories stand one below the other.)"""
    for index in range(1, len(passage)):
        above = passage.label(index - 1) is Label.BODY and not passage.open(index - 1)
        if above and _may_be_unmarked(passage, index) and not _may_be_unmarked(passage, index + 1):
            yield index, Label.BODY, 0.6


def _may_be_unmarked(passage: Passage, index: int) -> bool:
    return index < len(passage) and passage.open_line(index) and _is_unmarked(passage, index)


def _is_unmarked(passage: Passage, index: int) -> bool:
    """Whether a line is as long as a sentence and ends in a script that marks no end of one."""
    words = passage.shapes[index].words >= UNMARKED_SENTENCE
    return words and "\u0e00" < passage.blocks[index].text[-1] < "\u0f00"


UNMARKED_SENTENCE = 15
"""Words of a sentence without an end mark, as such scripts are counted."""

TABLES = frozenset({"table-rows", "score-rows"})
"""The rules for the rows of tables."""

TIME_ALONE = "any/time-alone"
"""The rule for lines that are the time of an entry."""

FULL_STOPS = (".", "。", "।", "።", "។", "။", "۔")


def _doubted(passage: Passage, doubt: float) -> Iterator[int]:
    """The lines of a short story that are dropped with less confidence than that, unless they are links."""
    pairs = zip(passage.shapes, passage.verdicts, strict=True)
    if sum([form.words for form, verdict in pairs if verdict.label is Label.BODY]) > SHORT_STORY:
        return
    for index, verdict in enumerate(passage.verdicts):
        if verdict.label in DROPPED and verdict.confidence < doubt and passage.blocks[index].link_density < LINKED:
            yield index


def _is_set_alike(passage: Passage, index: int, beside: int) -> bool:
    return passage.label(beside) is Label.BODY and _is_sibling(passage, index, beside)


def _is_sibling(passage: Passage, index: int, beside: int) -> bool:
    """Whether two lines stand in boxes of one element and class, side by side in one box."""
    one, other = passage.blocks[index].surroundings, passage.blocks[beside].surroundings
    if one is None or other is None:
        return False
    if not _are_alike(one.box, other.box):
        return False
    outer, around = one.box.parent, other.box.parent
    if outer is None or around is None:
        return outer is around
    return outer is around or (_are_alike(outer, around) and outer.parent is around.parent)


def _are_alike(one: Box, other: Box) -> bool:
    return one.tag == other.tag and one.names == other.names
