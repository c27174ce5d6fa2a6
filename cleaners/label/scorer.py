"""The learned scorer of HTML blocks: a small convolutional network over the blocks of a page, in numpy.

Each block is seen as its features (`html_features`) and the embeddings of the names and words around it; dilated
convolutions then let it look at its neighbours, the nearest first, and twice the network pools the page as a whole.
The weights are trained by `python -m bench.train_html`; the model card beside them tells how well that works.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise
from typing import IO

import numpy as np
from threadpoolctl import ThreadpoolController

from cleaners.data import Block, Label, Verdict
from cleaners.label.html_boxes import Floats, Ints
from cleaners.label.html_features import Features, Witness, features

RULE = "scorer"
CLASSES = (Label.NAVIGATION, Label.BODY, Label.HEADING, Label.CAPTION, Label.SUMMARY, Label.TITLE, Label.BYLINE)
"""What the network tells apart; `NAVIGATION` stands for all that is dropped."""

KEPT_CLASSES = slice(1, 3)
"""Body and heading: their probabilities together decide whether a block is kept."""

_KEPT_CLASSES = np.arange(len(CLASSES))[KEPT_CLASSES]
_OTHER_CLASSES = np.delete(np.arange(len(CLASSES)), KEPT_CLASSES)

LEANING = 0.35
"""How much of the average of its kind a block of prose takes on."""

REPEATED_WORDS = 30
"""Words from which a kept block is looked for in the other kept blocks."""

REPEATED_SHARE = 0.8
"""Share of its pairs of words that others must hold for a block to count as repeated."""

STANDFIRST_RULE = "scorer.standfirst"
REPEATED_RULE = "scorer.repeated"
FIGCAPTION_RULE = "scorer.figcaption"
FIGCAPTION = "/figcaption"

LIMIT = 5.0
"""Standard deviations that a feature may stray from its mean."""


class Network:
    """The network with its weights, by name, as `bench/html_network.py` exports them."""

    def __init__(self, weights: IO[bytes]) -> None:
        with np.load(weights) as stored:
            self._weights: dict[str, Floats] = {name: stored[name].astype(np.float32) for name in stored.files}
            self._rows: Ints = stored["rows"].astype(np.int64)
        self.threshold = float(self._weights["threshold"])

    def probabilities(self, page: Features) -> Floats:
        """The probability of each of CLASSES for each block: (blocks, classes), rows sum to 1."""
        first = self._pooled("context", _relu(self._linear("input", self._inputs(page))))
        state = first
        for layer, dilation in enumerate(self._weights["dilations"].astype(int)):
            state = state + _relu(self._convolution(f"convolution{layer}", state, dilation))
        state = self._pooled("outcome", state)
        return _softmax(self._linear("output", np.concatenate([first, state], axis=1)))

    def _inputs(self, page: Features) -> Floats:
        dense = (page.dense - self._weights["mean"]) / self._weights["deviation"]
        names = self._bag(page.names, page.name_starts)[page.boxes].reshape(len(dense), -1)
        words = self._bag(page.words, page.word_starts)
        return np.concatenate([np.clip(dense, -LIMIT, LIMIT), names, words], axis=1)

    def _bag(self, buckets: Ints, starts: Ints) -> Floats:
        sizes = np.diff(starts, append=len(buckets))[:, None].astype(np.float32)
        sums: Floats = np.add.reduceat(self._weights["embedding"][self._rows[buckets]], starts, axis=0)
        return sums / sizes

    def _linear(self, name: str, values: Floats) -> Floats:
        scores: Floats = values @ self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return scores

    def _pooled(self, name: str, state: Floats) -> Floats:
        """The state of every block, and what the page has on average and at most."""
        page = np.concatenate([state.mean(axis=0), state.max(axis=0)])
        return _relu(state + self._linear(name, page))

    def _convolution(self, name: str, state: Floats, dilation: int) -> Floats:
        """Each block with those `dilation` before and behind it; beyond the ends of the page are zeros."""
        size, width = state.shape
        window = np.zeros((size, 3, width), np.float32)
        window[dilation:, 0] = state[: max(size - dilation, 0)]
        window[:, 1] = state
        window[: max(size - dilation, 0), 2] = state[dilation:]
        return self._linear(name, window.reshape(size, -1))


def score_html(
    blocks: Sequence[Block], article_body: str | None = None, title: str | None = None, summary: str | None = None
) -> list[Verdict]:
    """A verdict for every block of an HTML page, by the learned scorer.

    `article_body` is the text of the story as the publisher's metadata give it (JSON-LD's `articleBody`), `title` and
    `summary` its headline and description; they are witnesses, and need be neither complete nor exact. The
    confidence is the network's probability for the label.
    """
    if not blocks:
        return []
    network = _network()
    page = features(blocks, Witness(article_body, title, summary))
    with _threads().limit(limits=1, user_api="blas"):
        probabilities = network.probabilities(page)
    shares = kept_share(probabilities, page)
    verdicts = _verdicts(probabilities, shares, network.threshold)
    kept: list[bool] = (shares >= network.threshold).tolist()
    for (label, rule), places in revisions(blocks, page, kept).items():
        for place in places:
            verdicts[place] = verdicts[place].revised(label, rule, verdicts[place].confidence)
    return verdicts


def kept_share(probabilities: Floats, page: Features) -> Floats:
    """How sure it is that each block is kept. Prose leans towards what the blocks in boxes of its kind (tag and
    class) are on average, by their size: the paragraphs of a story are all set alike.
    """
    own: Floats = probabilities[:, KEPT_CLASSES].sum(axis=1)
    sizes = np.bincount(page.kinds, page.sizes)
    alike = (np.bincount(page.kinds, page.sizes * own) / np.maximum(sizes, 1))[page.kinds]
    share: Floats = np.where(page.prose, (1 - LEANING) * own + LEANING * alike, own)
    return share


def revisions(blocks: Sequence[Block], page: Features, kept: Sequence[bool]) -> dict[tuple[Label, str], list[int]]:
    """What markup and neighbours say against keeping a block, whatever the network says: by label and rule the places
    of the kept blocks that are none of the text.
    """
    return {
        (Label.SUMMARY, STANDFIRST_RULE): standfirst(page, kept),
        (Label.RELATED, REPEATED_RULE): repeated([block.text for block in blocks], kept),
        (Label.CAPTION, FIGCAPTION_RULE): [
            place for place, block in enumerate(blocks) if kept[place] and FIGCAPTION in block.path
        ],
    }


def standfirst(page: Features, kept: Sequence[bool]) -> list[int]:
    """The places of kept blocks between the headline and the story that say what the page's summary says, and are
    set otherwise than the story's prose: a first paragraph that serves as the summary is set as the others are.
    """
    story = np.flatnonzero(np.array(kept) & page.in_prose)
    if not len(story):
        return []
    leading = page.summarised[: story[0]] & np.array(kept[: story[0]], bool)
    places: list[int] = np.flatnonzero(leading).tolist()
    return places


def repeated(texts: Sequence[str], kept: Sequence[bool]) -> list[int]:
    """The places of long kept texts of which every word pair, or nearly, stands in other kept ones: pull quotes, and
    stories that a page holds twice. The longest goes first; of equal ones the first stays.
    """
    pairs = {
        place: set(pairwise(words))
        for place, text in enumerate(texts)
        if kept[place] and len(words := text.split()) >= REPEATED_WORDS
    }
    twice = sum(map(len, pairs.values())) - len(set().union(*pairs.values()))
    if twice < REPEATED_SHARE * min(map(len, pairs.values()), default=1):
        return []  # as on nearly every page, and then there is nothing to count pair by pair
    held = Counter(chain.from_iterable(pairs.values()))
    found = []
    for place in sorted(pairs, key=lambda place: (len(pairs[place]), place), reverse=True):
        if sum(held[pair] > 1 for pair in pairs[place]) >= REPEATED_SHARE * len(pairs[place]):
            found.append(place)
            held.subtract(pairs[place])
    return found


@cache
def _network() -> Network:
    with (files("cleaners.label") / "weights" / "html.npz").open("rb") as weights:
        return Network(weights)


@cache
def _threads() -> ThreadpoolController:
    """The thread pools of BLAS. The products of one page are so small that a second thread costs more than it gives:
    on a busy machine tens of milliseconds a page, spent on waiting."""
    return ThreadpoolController()


def _verdicts(probabilities: Floats, shares: Floats, threshold: float) -> list[Verdict]:
    """The likelier of the kept classes where enough speaks for keeping a block, else the likeliest of the others."""
    kept = shares >= threshold
    best = np.where(kept, _likeliest(probabilities, _KEPT_CLASSES), _likeliest(probabilities, _OTHER_CLASSES))
    sure = np.where(kept, shares, probabilities[np.arange(len(best)), best])
    return [Verdict(CLASSES[number], RULE, share) for number, share in zip(best.tolist(), sure.tolist(), strict=True)]


def _likeliest(probabilities: Floats, classes: Ints) -> Ints:
    number: Ints = classes[probabilities[:, classes].argmax(axis=1)]
    return number


def _relu(values: Floats) -> Floats:
    return np.maximum(values, np.float32(0))


def _softmax(values: Floats) -> Floats:
    powers: Floats = np.exp(values - values.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares
