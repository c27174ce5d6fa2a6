"""Plain dumps as training pages: alignment with the gold text, labels, and joined pages."""

from __future__ import annotations

import numpy as np
import pytest

from bench.pages import text as text_pages
from bench.pages.corpora import Sample
from bench.pages.text import dump_lines, pseudo_labelled_text, shares_in
from cleaners.data import Label


def test_a_line_is_gold_by_its_share_of_words_in_order() -> None:
    lines = ["home sport", "the bridge opened", "on monday", "share the story"]
    shares = shares_in([line.split() for line in lines], "the bridge opened on monday".split())
    assert shares.tolist() == pytest.approx([0, 1, 1, 0])


def test_a_teaser_that_repeats_the_first_sentence_is_not_gold() -> None:
    lines = ["the bridge opened today", "sport", "news", "weather"] + ["menu"] * 8
    lines += ["the bridge opened today", "traffic was light", "the mayor was glad"]
    gold = "the bridge opened today traffic was light the mayor was glad".split()
    shares = shares_in([line.split() for line in lines], gold)
    assert shares[0] == 0
    assert shares[-3:].tolist() == [1, 1, 1]


def test_lines_of_a_dump_are_cut_at_seams_and_folded() -> None:
    lines, spaces = dump_lines("  It opened.Traffic  was\tlight.\n\n Home ")
    assert lines == ("It opened.", "Traffic was light.", "Home")
    assert spaces == ("  ", "", "\n\n ")


def test_a_stripped_dump_has_neither_indents_nor_blank_lines() -> None:
    lines = ("Home", "It opened.", "Traffic was light.")
    stripped = text_pages.bare(lines, ("\n\n  ", " \n \n   ", ""))
    assert np.array_equal(stripped, text_pages.bare(lines, ("\n", "\n", "")))
    assert not np.array_equal(stripped, text_pages.bare(lines, ("\n", "\n", "\n")))


def test_labels_of_lines() -> None:
    page = """<h1>Bridge opens</h1><h2>Four years</h2><p>It opened.</p>
        <figure><figcaption>The bridge at dawn</figcaption></figure>"""
    sample = Sample(
        "1", "", page, ("Four years", "It opened."), authors=("Ann Poe",), summary=("A bridge has opened.",)
    )
    facts = text_pages._Facts(sample)
    labels = {
        ("four years", True): Label.HEADING,
        ("it opened", True): Label.BODY,
        ("bridge opens", False): Label.TITLE,
        ("the bridge at dawn", False): Label.CAPTION,
        ("a bridge has opened", False): Label.NAVIGATION,  # too short to be distinguished from chrome
        ("by ann poe", False): Label.BYLINE,
        ("home", False): Label.NAVIGATION,
    }
    assert {(line, kept): facts.label(line.split(), kept) for line, kept in labels} == labels


def test_a_pseudo_labelled_text_holds_every_wanted_snippet(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The bridge opened. " * 40
    monkeypatch.setattr(text_pages, "trafilatura", lambda page: text)
    assert pseudo_labelled_text(Sample("1", "", "", must_have=("bridge opened",), must_not_have=("Menu",))) == text
    assert pseudo_labelled_text(Sample("1", "", "", must_have=("ferry",))) is None
    assert pseudo_labelled_text(Sample("1", "", "", must_not_have=("bridge",))) is None


def test_a_joined_page_holds_both_stories_and_little_between() -> None:
    upper, lower = _page("bridge", above="Home\nSport\n"), _page("ferry", above="Menu\nBoats sail again\n")
    both = text_pages.joined(upper, lower)
    kept = [line for line, share in zip(both.lines, both.shares, strict=True) if share >= text_pages.KEPT_SHARE]
    assert kept == [*upper.gold.splitlines(), *lower.gold.splitlines()] == both.gold.splitlines()
    between = both.lines[both.lines.index(upper.gold.splitlines()[-1]) + 1 : both.lines.index(kept[2])]
    chrome = between[:-1] if between[-1:] == ("Boats sail again",) else between
    assert chrome == upper.lines[4 : 4 + len(chrome)]
    assert len(chrome) < text_pages.CHROME_BETWEEN
    assert len(both.lines) == len(both.features.dense) == len(both.bare) == len(both.classes) == len(both.sizes)


def _page(thing: str, above: str) -> text_pages.DumpExample:
    gold = f"The {thing} opened on Monday after four years of work.\nMany people came to see the {thing} in the rain."
    page = "<h1>Boats sail again</h1>"
    sample = Sample(thing, "", page, tuple(gold.splitlines()))
    dump = f"{above}{gold}\n" + "\n".join(f"{thing} link {number}" for number in range(20))
    return text_pages._example(sample, "news", "blocks", dump, gold, text_pages._Facts(sample))
