"""What a run finds of an earlier one, and whether it can resume it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaners.errors import CannotResume
from cleaners.records.formats import READABLE, Format
from cleaners.records.row_files import RowFault, numbered_rows
from cleaners.running.atomic_files import part_name
from cleaners.running.checksums import Checksum, checksum_of, difference
from cleaners.running.journal import id_digest, row_digest
from cleaners.running.sinks import PartFile, RowKind, part_size, sealed_name


def settle(target: str, shape: Format, expected: Checksum) -> None:
    """Make sure that an output is as the run left it that finished it: its last step may be still to do.

    Raises CannotResume if the file was removed or changed since.
    """
    found = checksum_of(target)
    if found == expected:
        return
    if checksum_of(sealed_name(target, shape)) != expected:
        raise CannotResume(f"{target} {difference(found, expected)}: put it back, or --overwrite begins anew")
    os.replace(sealed_name(target, shape), target)
    Path(part_name(target)).unlink(missing_ok=True)


def unfinished_part(targets: Sequence[str]) -> str | None:
    """The first part of these outputs that another run has left."""
    return next((part_name(target) for target in targets if part_size(target)), None)


def written_pages(parts: Mapping[RowKind, PartFile]) -> tuple[Counter[int], set[int]]:
    """The pages and the ids that the rows in the parts are from.

    A page that gave neither an article nor a reject is in no row but those of the audit, which do not name it in full.
    Raises CannotResume if there is an audit, in which such a page would come to stand twice.
    """
    if "audit" in parts and part_size(parts["audit"].target):
        raise CannotResume("a finished run with an audit can be resumed only if it was written with --resume")
    if (found := parts.get("articles")) and found.shape not in READABLE and part_size(found.target):
        raise CannotResume(
            f"no record can be read from {found.target}: such a finished run can be resumed only if it was written with"
            " --resume"
        )
    pages: set[int] = set()
    ids: set[int] = set()
    kinds: tuple[RowKind, ...] = ("articles", "rejects")
    for kind in kinds:
        if part := parts.get(kind):
            part.save()
            for row in _rows(part):
                pages.add(row_digest(row["source"], row["url"]))
                if kind == "articles":
                    ids.add(id_digest(str(row["id"])))
    return Counter(pages), ids


def _rows(part: PartFile) -> Iterator[dict[str, Any]]:
    wanted = {"id", "text"} if part.rows == "articles" else {"code", "reason"}
    if not part_size(part.target):
        return
    with open(part.part, "rb") as file:
        for number, row in numbered_rows(file):
            if isinstance(row, RowFault) or not ({"source", "url"} | wanted) <= row.keys():
                raise CannotResume(
                    f"{part.target}, line {number:,} is no row that Copydesk wrote: --overwrite begins anew"
                )
            yield row
