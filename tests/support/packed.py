"""Content compressed as the project itself compresses its outputs."""

from __future__ import annotations

import io

from cleaners.running.packing import packer_for


def packed(content: bytes, ending: str) -> bytes:
    """The content as a file with this ending holds it."""
    pack = packer_for(ending)
    assert pack is not None
    file = io.BytesIO()
    with pack(file) as frame:
        frame.write(content)
    return file.getvalue()
