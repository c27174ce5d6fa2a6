"""Files that a folder of pages should not hold and sooner or later does."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

SOUND = """\
Skip to Content

Valley towns agree to share one fire engine

LOWLAND CITY (AP) — Two towns that have argued about water for a century agreed on Tuesday to share a fire engine.

The engine will stand in the middle of the bridge between them, the mayors said after a meeting that lasted all day.

“Nobody has to cross a border to put out a fire any more,” said Ida Sample, who leads the volunteers of the larger town.

The agreement runs for ten years and costs each of the towns the same, whatever the number of fires.

Subscribe to our newsletter
"""

GERMAN = SOUND.replace("Two towns", "Zwei Städte, „Größe“ und Übermut: two towns").replace("—", "–")

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0" + zlib.compress(bytes(range(256)) * 40)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"

CAPTIONS = "\n\n".join(
    f"Volunteer number {number} holds a hose in Lowland City, Tuesday, March 3, 2026. (AP Photo/Ana Example)"
    for number in range(12)
)

NAVIGATION = "\n".join(["Skip to Content", "Menu", "News", "Sport", "Weather", "Log in", "Subscribe", "Newsletter"] * 4)

BAD: dict[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "blanks.txt": lambda: b" \n\t\r\n \n" * 100,
    "png.txt": lambda: PNG,
    "pdf.txt": lambda: PDF,
    "nul-only.txt": lambda: b"\0" * 4096,
    "captions.txt": lambda: CAPTIONS.encode(),
    "navigation.txt": lambda: NAVIGATION.encode(),
    "million-lines.txt": lambda: b"word\n" * 1_000_000,
}
"""Pages that hold no story, by file name."""

ODD: dict[str, Callable[[], bytes]] = {
    "latin-1.txt": lambda: (
        GERMAN.replace("„", "'").replace("“", "'").replace("”", "'").replace("–", "-").encode("latin-1")
    ),
    "utf-16-marked.txt": lambda: GERMAN.encode("utf-16"),
    "utf-16-le.txt": lambda: GERMAN.encode("utf-16-le"),
    "utf-16-be.txt": lambda: GERMAN.encode("utf-16-be"),
    "broken-utf-8.txt": lambda: GERMAN.encode().replace(b"bridge", b"br\xffdge"),
    "nul-bytes.txt": lambda: SOUND.encode().replace(b"bridge", b"br\0dge"),
}
"""Pages that hold a story in an encoding of some kind, by file name."""


LONG_LINE = ("one-line.txt", b"word " * 10_000_000)
"""A page of 50 MB without a line end: whatever it is, it is running text."""


def lay_out(folder: Path) -> list[str]:
    """Write all of them, with sound pages before, between and after. The names of all files, in order."""
    pages = {**BAD, **ODD, **dict.fromkeys(["0-sound.txt", "m-sound.txt", "z-sound.txt"], SOUND.encode)}
    folder.mkdir()
    for name, content in pages.items():
        (folder / name).write_bytes(content())
    (folder / LONG_LINE[0]).write_bytes(LONG_LINE[1])
    return sorted([*pages, LONG_LINE[0]])
