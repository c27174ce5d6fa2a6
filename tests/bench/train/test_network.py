"""The network of text lines: numpy computes the same scores as PyTorch."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra `train`")

from bench.train.network import TorchNetwork  # noqa: E402
from cleaners.label import network  # noqa: E402


def test_numpy_runs_the_network_that_torch_trained() -> None:
    torch.manual_seed(1)
    trained = TorchNetwork(columns=3, bags=1, vocabulary=np.array([3, 5, 6])).eval()
    dense = np.random.default_rng(1).normal(size=(60, 3)).astype(np.float32)
    words, starts = np.arange(120) % 10, np.arange(0, 120, 2)
    trained.standardise(dense)
    with torch.no_grad():
        rows = network.rows_of(words, trained.vocabulary)
        bags = trained.bag(torch.from_numpy(rows), torch.from_numpy(starts))
        expected = trained(torch.from_numpy(dense), bags, [25, 35]).softmax(1).numpy()
    running = network.Network(trained.arrays(threshold=0.4))
    bag = running.bag(network.rows_of(words, running.tables["vocabulary"]), starts)
    got = [running.classify(dense[part], bag[part]) for part in (slice(25), slice(25, 60))]
    assert np.concatenate(got) == pytest.approx(expected, abs=0.01)
    assert running.threshold == pytest.approx(0.4, abs=0.001)
