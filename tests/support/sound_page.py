"""A sound page, and what is asked of hostile pages around it."""

from __future__ import annotations

import random

from cleaners import Page, clean, clean_page
from tests.support.made_pages import STORY

BODY = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.body)
SOUND = f"<!doctype html><title>{STORY.headline}</title><article><h1>{STORY.headline}</h1>{BODY}</article>"


def story_in(html: str | bytes) -> bool:
    """Whether the made story comes out of a page, whole."""
    return any(set(STORY.body) <= set(article.text.split("\n")) for article in clean(html, kind="html"))


def mutated(page: bytes, chance: random.Random) -> bytes:
    """A page with bytes cut out, doubled, swapped and overwritten anywhere."""
    content = bytearray(page)
    for _ in range(chance.randrange(1, 12)):
        start = chance.randrange(len(content))
        stop = min(len(content), start + chance.randrange(1, 60))
        piece = bytes(content[start:stop])
        content[start:stop] = chance.choice([b"", piece * 3, piece[::-1], chance.randbytes(len(piece)), b"<"])
    return bytes(content)


def gives_articles_or_a_reason(page: bytes) -> None:
    cleaned = clean_page(Page(page))
    assert bool(cleaned.articles) != bool(cleaned.rejection)
