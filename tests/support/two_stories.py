"""Passages of two made stories, block by block with the label of each."""

from __future__ import annotations

from cleaners.data import Block, Label, Verdict
from cleaners.label.passage import Passage
from cleaners.words.shapes import shape

BRIDGE = (
    "The council of Lower Marling met on Monday evening and decided, after a long debate, to repair the old bridge.",
    "The bridge over the Marl has been closed to lorries since its northern pier sank by a hand's breadth in March.",
    "Mayor Ida Sample said the council would borrow half of the money and ask the county for the other half.",
    "Engineers who looked at the pier for the council found that the river had washed out the bed beneath it.",
    "Residents of Lower Marling drive eleven miles around while the bridge is closed, the mayor told the council.",
    "Repairs to the pier are to begin in August, when the river is lowest, and to end before the first frost.",
)
PENGUINS = (
    "Keepers at the zoo in Haverport have counted forty penguin chicks, more than in any spring since it opened.",
    "The penguins were moved to a colder basin last year, and keepers believe that the chicks owe their lives to it.",
    "Visitors may watch the chicks being fed at noon, said Tom Muster, who has looked after the penguins since 1998.",
    "Two of the chicks are being raised by hand because their parents had three eggs and could warm only one.",
    "The zoo of Haverport will send a dozen young penguins to other zoos as soon as their feathers are waterproof.",
    "A vet weighs each penguin every second day and writes the figure on a board beside the basin.",
)
RULES = {"credit": "contributors"}
Part = tuple[str, str]


def body(*paragraphs: str) -> list[Part]:
    return [("body", text) for text in paragraphs]


def page(*parts: Part) -> tuple[list[Block], list[Verdict]]:
    blocks = [Block(text.strip(), line) for line, (_, text) in enumerate(parts, start=1)]
    return blocks, [Verdict(Label(label), f"made/{RULES.get(label, label)}", 0.9) for label, _ in parts]


def passage(*parts: Part) -> Passage:
    return passage_of(*page(*parts))


def passage_of(blocks: list[Block], verdicts: list[Verdict]) -> Passage:
    return Passage(blocks, [shape(block.text) for block in blocks], verdicts)
