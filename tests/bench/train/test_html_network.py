"""The network of HTML blocks: numpy computes the same scores as PyTorch."""

from types import SimpleNamespace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra `train`")

from bench.train.html_network import TorchHtmlNetwork, batch_of  # noqa: E402
from cleaners.blocks.html import html_blocks, parse  # noqa: E402
from cleaners.label.html_features import BUCKETS, Features, features  # noqa: E402
from cleaners.label.html_scorer import HtmlNetwork  # noqa: E402

PAGES = (
    '<nav><a href="/">Home</a></nav><article class="story"><h1>A bridge opens</h1><p>It opened today.</p></article>',
    "<main>" + "".join(f'<p class="par">Paragraph {number} of the story.</p>' for number in range(40)) + "</main>",
)


def features_of(html: str) -> Features:
    return features(html_blocks(parse(html)))


def test_numpy_runs_the_network_that_torch_trained() -> None:
    torch.manual_seed(1)
    pages = [features_of(html) for html in PAGES]
    known = np.arange(BUCKETS) % 7 > 0  # every seventh name or word is unknown
    trained = TorchHtmlNetwork(pages[0].dense.shape[1], np.where(known, np.cumsum(known), 0)).eval()
    trained.standardise(np.concatenate([page.dense for page in pages]))
    with torch.no_grad():
        batch = batch_of([SimpleNamespace(features=page, hinted=page) for page in pages])
        expected = trained.scores(batch).softmax(1).numpy()
    running = HtmlNetwork(trained.arrays(threshold=0.4))
    got = np.concatenate([running.probabilities(page) for page in pages])
    assert got == pytest.approx(expected, abs=0.01)
    assert got.std(0).max() > 0.01
