"""The learned scorer of HTML blocks: a small convolutional network over the blocks of a page, in numpy.

The input for each block is its features (`html_features`) and the embeddings of the names and words around it; dilated
convolutions then add what its neighbours show, the nearest first, and twice the network pools the whole page.
The weights are trained by `python -m bench train-html`; the model card beside them has the measured figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cleaners.blocks.elements import HEADINGS
from cleaners.data import Block, Label, Verdict
from cleaners.label.html_features import Features, MetadataHints, features, overlap
from cleaners.label.network import KEPT_CLASSES, Floats, Ints, Network, relu, verdicts
from cleaners.label.said_twice import repeated
from cleaners.words.patterns import lazy_pattern

LEANING = 0.35
"""Weight of the average of a block's kind in its own probability, for prose."""

ASK_BELOW = 0.7
"""Expected F1 of a page's text below which another extractor is asked: on three article pages in a hundred. On 1,951
pages of sites that the scorer had not seen, word F1 was no lower than with 0.85, which asks on eleven in a hundred
(0.9430 and 0.9425). It is asked before the page's kind is known: without its text one story in 1,389 was refused."""

LITTLE_TEXT = 500
"""Expected characters of text below which no other extractor is asked: any extractor keeps the few lines of a
login or cookie wall."""

OPINION = 0.35
"""Weight of the other extractor's opinion against the network's."""

AGREED_THRESHOLD = 0.5
"""Share at or above which a block is kept if both were asked."""

STANDFIRST_RULE = "scorer.standfirst"
REPEATED_RULE = "scorer.repeated"
FIGCAPTION_RULE = "scorer.figcaption"
FIGCAPTION = "/figcaption"


class HtmlNetwork(Network):
    """The network of HTML blocks, as `bench/train/html_network.py` exports it."""

    def probabilities(self, page: Features) -> Floats:
        """The probability of each of CLASSES for each block: (blocks, classes), rows sum to 1."""
        names = self._bag(page.names, page.name_starts).take(page.boxes, axis=0).reshape(len(page.dense), -1)
        return self.classify(page.dense, names, self._bag(page.words, page.word_starts))

    def _bag(self, buckets: Ints, starts: Ints) -> Floats:
        return self.bag(self.tables["rows"].take(buckets), starts)

    def read(self, name: str, state: Floats) -> Floats:
        """The state of every block, and what the page has on average and at most."""
        page = np.concatenate([state.mean(axis=0), state.max(axis=0)])
        return relu(state + self.linear(name, page))


def score_html(
    blocks: Sequence[Block],
    network: HtmlNetwork,
    hints: MetadataHints = MetadataHints(),  # noqa: B008 (a frozen value)
    opinion: Callable[[], str] = str,
) -> list[Verdict]:
    """A verdict for every block of an HTML page, by the learned scorer.

    `hints` is what the page's metadata state about the story. `opinion` gives the text that another extractor takes
    from the page; it is called only if the scorer is unsure. The confidence is the probability for the label.
    """
    if not blocks:
        return []
    page = features(blocks, hints)
    probabilities = network.probabilities(page)

    def opinion_overlap() -> Floats:
        return overlap([block.text for block in blocks], opinion())

    shares, threshold = decide(kept_share(probabilities, page), page.sizes, network.threshold, opinion_overlap)
    found = verdicts(probabilities, shares, threshold)
    kept: list[bool] = (shares >= threshold).tolist()
    for (label, rule), indices in revisions(blocks, page, kept).items():
        for index in indices:
            found[index] = found[index].revised(label, rule, found[index].confidence)
    return found


def decide(shares: Floats, sizes: Floats, threshold: float, opinion: Callable[[], Floats]) -> tuple[Floats, float]:
    """The probability that each block is kept, and the threshold at or above which it is.

    `sizes` are the blocks' characters. `opinion` gives the share of each block that another extractor keeps, and is
    called if the expected F1 of the text is low. It is ignored if it keeps nothing at all.
    """
    if expected_f1(shares, sizes, threshold) >= ASK_BELOW or shares @ sizes < LITTLE_TEXT:
        return shares, threshold
    kept = opinion()
    return ((1 - OPINION) * shares + OPINION * kept, AGREED_THRESHOLD) if kept.any() else (shares, threshold)


def expected_f1(shares: Floats, sizes: Floats, threshold: float) -> float:
    """The F1 of the text that a threshold gives if the shares are true probabilities; 0 if nothing is kept.

    >>> expected_f1(np.array([1, 0], np.float32), np.array([80, 80], np.float32), threshold=0.5)
    1.0
    """
    kept = shares >= threshold
    wanted = shares * sizes
    return float(2 * wanted[kept].sum() / max(sizes[kept].sum() + wanted.sum(), 1.0))


def kept_share(probabilities: Floats, page: Features) -> Floats:
    """The probability that each block is kept, (n,). That of prose moves towards the average of the blocks in boxes of
    its kind (tag and class), weighted by size: the paragraphs of a story have the same markup.
    """
    own: Floats = probabilities[:, KEPT_CLASSES].sum(axis=1)
    sizes = np.bincount(page.kinds, page.sizes)
    alike = (np.bincount(page.kinds, page.sizes * own) / np.maximum(sizes, 1))[page.kinds]
    share: Floats = np.where(page.prose, (1 - LEANING) * own + LEANING * alike, own)
    return share


def revisions(blocks: Sequence[Block], page: Features, kept: Sequence[bool]) -> dict[tuple[Label, str], list[int]]:
    """The indices of kept blocks that markup or neighbours take out of the text, by their new label and the rule,
    whatever the network decides.
    """
    return {
        (Label.SUMMARY, STANDFIRST_RULE): standfirst(blocks, page, kept),
        (Label.RELATED, REPEATED_RULE): repeated([block.text for block in blocks], kept),
        (Label.CAPTION, FIGCAPTION_RULE): [
            index for index, block in enumerate(blocks) if kept[index] and FIGCAPTION in block.path
        ],
    }


def standfirst(blocks: Sequence[Block], page: Features, kept: Sequence[bool]) -> list[int]:
    """The indices of kept blocks between the headline and the story that repeat the page's summary and have other
    markup than the story's prose, but for those with which the story begins.
    """
    story = np.flatnonzero(np.array(kept) & page.in_prose)
    if not len(story):
        return []
    leading = page.summarised[: story[0]] & np.array(kept[: story[0]], bool)
    return [index for index in np.flatnonzero(leading).tolist() if not _begins_story(blocks, index, kept)]


def _begins_story(blocks: Sequence[Block], index: int, kept: Sequence[bool]) -> bool:
    """Whether a block is rather the first paragraph of the story than its standfirst: neither a heading nor named for a
    standfirst, with the story right below it. Of 73 such blocks on annotated pages 66 are in the text: 66 of 68 that
    people annotated, and none of 5 that outlets' own rules did."""
    block = blocks[index]
    around = block.surroundings
    names = f"{around.box.names} {around.names}" if around else ""
    return kept[index + 1] and block.tag not in HEADINGS and _STANDFIRST_NAME.search(names) is None


_STANDFIRST_NAME = lazy_pattern(
    r"(?i)standfirst|sub-?(?:title|head|line)|summary|abstract|excerpt|preface|(?<![a-z])(?:lead|lede|dek|deck|teaser|vorspann"
    r"|anrisstext|zajawka|chap[eô]|chapeau|entradilla|bajada|copete|sommario|occhiello|ingress|manchet)"
)
"""What the class names of standfirsts hold, in a few languages."""
