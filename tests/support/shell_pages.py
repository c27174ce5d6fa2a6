"""Pages that show a story only after their script has run."""

from __future__ import annotations

from tests.support.made_pages import STORY

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.body)
SHELL = "<!doctype html><title>A</title><div id=app></div><noscript>You need to enable JavaScript.</noscript><script>"


def script_page(path: str) -> str:
    """A page without a word in it, whose script asks for the story at `path` and shows it."""
    show = "document.title = story.title; document.getElementById('app').innerHTML = story.html"
    return f"{SHELL}fetch('{path}').then(answer => answer.json()).then(story => {{ {show} }})</script>"
