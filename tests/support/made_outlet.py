"""Five made stories of one outlet, which prints the same pitch inside of each, as HTML and as dumps."""

from __future__ import annotations

from html import escape
from pathlib import Path

PITCH = (
    "The Gazette has told the stories of this valley since 1893, and it depends on readers who pay for its work every"
    " month."
)

STORIES: dict[str, tuple[str, ...]] = {
    "Harbour bridge opens after four years of work": (
        "The harbour bridge opened to traffic on Monday after four years of work, the city council said in a note.",
        "Some 12,000 cars a day are expected to use it, about half of them on their way to the port and back again.",
        "The mayor said that the cost had stayed below the sum that the council had set aside for it in 2021.",
    ),
    "Valley towns agree to share one fire engine": (
        "Three towns of the upper valley will share one fire engine from next spring, their councils decided.",
        "The engine will stand in the middle one of the three, which is ten minutes by road from both of the others.",
        "Each of the towns had meant to buy one of its own, at a price that none of them could pay alone.",
    ),
    "Ferry company orders two electric boats": (
        "The ferry company has ordered two electric boats that will cross the sound every twenty minutes, it said.",
        "They replace three boats with diesel engines, the oldest of which has been in service for forty-one years.",
        "Passengers will pay what they pay today, and bicycles will travel free of charge until the end of the year.",
    ),
    "Library moves into the old customs house": (
        "The town library will move into the old customs house on the quay in September, the librarian said.",
        "The building has stood empty since the customs office left it nine years ago, and its roof was mended.",
        "Readers will find twice as many tables there, and a room for children with a view of the harbour.",
    ),
    "Orchard growers expect a late harvest": (
        "Orchard growers along the river expect to pick their apples three weeks later than usual this year.",
        "A cold April held back the blossom, and bees hardly left their hives until the second week of May.",
        "The crop will be smaller than that of last year, but the apples will be sweeter, one of the growers said.",
    ),
}


def dump(headline: str, *, pitch: str = PITCH) -> str:
    """The dump of a page."""
    first, second, third = STORIES[headline]
    head = ("The Made Gazette", "Home", "Politics", "Sport", headline, "By Ana Example")
    return "\n".join((*head, first, second, pitch, third, "More stories of the day", "Copyright 2026 Made Gazette."))


def page(headline: str, *, pitch: str = PITCH, head: str = "") -> str:
    """The page as HTML."""
    first, second, third = STORIES[headline]
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in (first, second, pitch, third))
    return (
        f"<html><head><title>{headline}</title>{head}</head><body><nav><a href='/'>Home</a> <a href='/p'>Politics</a>"
        f"</nav><article><h1>{headline}</h1><div class='story'>{paragraphs}</div></article>"
        "<footer>Copyright 2026 Made Gazette</footer></body></html>"
    )


def write_outlet(folder: Path) -> None:
    """Write all pages of the outlet into a folder, as HTML and as dumps."""
    folder.mkdir(parents=True)
    for number, headline in enumerate(STORIES):
        (folder / f"{number}.html").write_text(page(headline))
        (folder / f"{number}.txt").write_text(dump(headline))
