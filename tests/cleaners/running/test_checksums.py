"""Checksums of files that are written row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaners.running.checksums import EMPTY, GATHERED, Checksum, HashedFile, checksum_of


@pytest.mark.parametrize("sizes", [[], [1, 2, 3], [GATHERED - 1, 1, 1], [3 * GATHERED, 5], [0, GATHERED]])
def test_the_checksum_is_that_of_the_file(tmp_path: Path, sizes: list[int]) -> None:
    path = tmp_path / "rows"
    with open(path, "a+b") as file:
        hashed = HashedFile(file)
        for number, size in enumerate(sizes):
            hashed.write(bytes([number]) * size)
        assert hashed.size == sum(sizes)
        hashed.flush()
        assert hashed.checksum == checksum_of(str(path))
        assert hashed.checksum.size == hashed.size == path.stat().st_size


def test_rows_behind_what_is_kept_are_hashed_with_it(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    path.write_bytes(b"kept, and cut off")
    with open(path, "a+b") as file:
        hashed = HashedFile(file)
        assert hashed.keep(0) == EMPTY
        hashed.write(b"rows")
        hashed.flush()
        assert (hashed.checksum, path.read_bytes()) == (checksum_of(str(path)), b"rows")
    with open(path, "a+b") as file:
        hashed = HashedFile(file)
        assert hashed.keep(3) == Checksum(3, hashed.checksum.digest)
        hashed.write(b"e")
        hashed.flush()
        assert (hashed.checksum, path.read_bytes()) == (checksum_of(str(path)), b"rowe")
