"""What a finished output says about the pages in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from cleaners.errors import CannotResume
from cleaners.records.row_files import RowFault, numbered_rows
from cleaners.running.journal import row_digest
from cleaners.running.parts import RowKind, part_size
from cleaners.running.whole_files import part_name


def digests_of_rows(files: Mapping[RowKind, str]) -> Counter[int]:
    """The pages that the rows in the parts of these outputs are from.

    A page that gave neither an article nor a reject is in no row but those of the audit, which do not name it in full.
    Raises CannotResume if there is an audit, in which such a page would come to stand twice.
    """
    if "audit" in files and part_size(files["audit"]):
        raise CannotResume("what is finished can be gone on with only if it was written with --resume, or has no audit")
    pages: Counter[int] = Counter()
    kinds: tuple[RowKind, ...] = ("articles", "rejects")
    for rows in kinds:
        if (target := files.get(rows)) and part_size(target):
            pages |= Counter(set(_digests(part_name(target))))
    return pages


def _digests(part: str) -> Iterator[int]:
    with open(part, "rb") as file:
        for number, row in numbered_rows(file):
            if isinstance(row, RowFault):
                raise CannotResume(f"{part}, line {number:,} cannot be read: --overwrite begins anew")
            yield row_digest(row["source"], row["url"])
