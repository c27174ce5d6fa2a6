"""How well the scorer of HTML blocks carries over to sets of pages that it has not learned from.

One network is trained without any page of `more-training` and without the domains of these, and measured on each of its
sets. So each set is left out, together with the others from the same collection. Needs PyTorch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from statistics import fmean

from bench.metrics import word_f1
from bench.pages.addresses import registered_domain
from bench.pages.corpora import teaches
from bench.pages.html import SETS, contents, examples
from bench.pages.peers import trafilatura
from bench.tables import Cell, table
from bench.train.html_distillation import shown, train_network
from bench.train.html_training import compute_alike
from cleaners import clean
from cleaners.label.html_scorer import HtmlNetwork
from cleaners.models import Models, shipped_models

LEFT_OUT = "more-training"


def run_left_out(epochs: int, threshold: float) -> Iterator[str]:
    """The table by set: pages, and the mean word F1 of Copydesk with this network and of trafilatura, both on the same
    pages; a refused page counts as 0. Raises MissingCorpusError."""
    compute_alike()
    domains = {registered_domain(page.get("url") or page["id"]) for page, _ in contents(LEFT_OUT)}
    pages = [page for source in SETS if source != LEFT_OUT for page in examples(source) if page.domain not in domains]
    network = HtmlNetwork(train_network(shown(pages), epochs).arrays(threshold))
    yield f"trained on {len(pages):,} pages without {LEFT_OUT}"
    yield _report(replace(shipped_models(), html=network))


def _report(models: Models) -> str:
    scores: dict[str, list[tuple[float, float]]] = {}
    for page, html in contents(LEFT_OUT):
        if not (teaches(page) and page.get("text")):
            continue
        articles = clean(html, url=page.get("url"), kind="html", models=models)
        texts = (articles[0].text if articles else "", trafilatura(html))
        own, peer = (word_f1(page["text"], text) for text in texts)
        scores.setdefault(page["set"], []).append((own, peer))
    every = [pair for pairs in scores.values() for pair in pairs]
    rows: list[list[Cell]] = [
        [name, len(pairs), *map(fmean, zip(*pairs, strict=True))]
        for name, pairs in [*sorted(scores.items()), ("all", every)]
    ]
    return table((LEFT_OUT, "pages", "product", "trafilatura"), rows)
