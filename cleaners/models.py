"""The learned models as values.

`shipped_models()` reads the weights that ship with Copydesk from `cleaners/weights/`, once. `cleaners.pipeline` takes a
`Models` and passes each stage the part that it needs; nothing else reads a weights file. To measure other
weights, replace a part: `clean_page(page, models=replace(shipped_models(), html=network))`.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar, get_args
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from cleaners.data import ContentType
from cleaners.errors import BadWeights
from cleaners.label.html_scorer import HtmlNetwork
from cleaners.label.text_scorer import TextNetwork
from cleaners.stories.model import JoinModel, StoryModels
from cleaners.stories.semantics import StemVectors

FORMAT = 1
"""The format of the weights files. Raise it with every change that older or newer code cannot read."""

Arrays = dict[str, NDArray[Any]]
Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Models:
    """All learned models: the scorer of HTML blocks, the scorer of text lines, the models that split a page into
    stories, the weights by which a page counts as an article, by the name of the feature, and those by which a text
    counts as right, for each type of content."""

    html: HtmlNetwork
    text: TextNetwork
    stories: StoryModels
    page_kind: Mapping[str, float]
    confidence: Mapping[ContentType, Mapping[str, float]]


@cache
def shipped_models() -> Models:
    """The models that ship with Copydesk. Raises `BadWeights` where a file is missing, damaged or of another format."""
    return read_models(files("cleaners") / "weights")


def read_models(folder: Traversable) -> Models:
    """The models whose weights are in a folder. Raises `BadWeights` where one of the files cannot be used."""
    return Models(
        html=_read(folder / "html.npz", lambda file: HtmlNetwork(_arrays(file))),
        text=_read(folder / "text.npz", lambda file: TextNetwork(_arrays(file))),
        stories=StoryModels(
            joins=_read(folder / "joins.npz", _joins),
            vectors=_read(folder / "vectors.npz", lambda file: StemVectors.from_arrays(_arrays(file))),
            common_stems=_read(folder / "stems.txt", read_stems),
        ),
        page_kind=_read(folder / "page_kind.json", lambda file: _numbers(_weights(file))),
        confidence=_read(folder / "confidence.json", _confidence),
    )


def _read(file: Traversable, parse: Callable[[Traversable], Parsed]) -> Parsed:
    """What `parse` makes of a file; one line that names the file where it cannot be read."""
    try:
        return parse(file)
    except FileNotFoundError:
        raise BadWeights(f"The weights file {file} is missing. Install Copydesk again.") from None
    except _DAMAGED as error:
        raise BadWeights(f"The weights file {file} is damaged. Install Copydesk again.") from error
    except _OtherFormat as error:
        raise BadWeights(
            f"The weights file {file} has format {error}, this version of Copydesk reads format {FORMAT}. "
            "Install Copydesk again."
        ) from None


_DAMAGED = (OSError, EOFError, ValueError, LookupError, TypeError, NotImplementedError, BadZipFile, zlib.error)
"""What a cut or damaged file makes `zipfile`, numpy and `json` raise."""


class _OtherFormat(Exception):
    """A file is whole, but of another format, which is the argument."""


def _check_format(found: object) -> None:
    if found != FORMAT:
        raise _OtherFormat(found)


def _arrays(file: Traversable) -> Arrays:
    """The arrays of an `.npz` file by name. Reading whole members lets `zipfile` check their CRC."""
    with ZipFile(io.BytesIO(file.read_bytes())) as archive:
        members = {name.removesuffix(".npy"): archive.read(name) for name in archive.namelist()}
    arrays = {name: np.lib.format.read_array(io.BytesIO(member)) for name, member in members.items()}
    _check_format(int(arrays.pop("format")) if "format" in arrays else None)
    return arrays


def _joins(file: Traversable) -> dict[ContentType, JoinModel]:
    arrays = _arrays(file)
    return {kind: JoinModel.from_arrays(_below(arrays, kind)) for kind in get_args(ContentType)}


def _below(arrays: Arrays, kind: str) -> Arrays:
    """The arrays of one kind of page, which are named `KIND.NAME`."""
    return {name.removeprefix(f"{kind}."): array for name, array in arrays.items() if name.startswith(f"{kind}.")}


def read_stems(file: Traversable) -> frozenset[str]:
    """The stems of `stems.txt`; its first line states the format and the CRC of the rest (see `stems_header`)."""
    header, _, text = file.read_bytes().decode().partition("\n")
    version = header.removeprefix("# format ").partition(",")[0]
    _check_format(int(version) if version.isdecimal() else None)
    if header != stems_header(text):
        raise ValueError("the checksum is another one")
    return frozenset(text.split())


def stems_header(text: str) -> str:
    """The first line of `stems.txt` above this text."""
    return f"# format {FORMAT}, crc32 {zlib.crc32(text.encode()):08x}"


def _confidence(file: Traversable) -> dict[ContentType, dict[str, float]]:
    weights = _weights(file)
    return {kind: _numbers(weights[kind]) for kind in get_args(ContentType)}


def _numbers(weights: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(weight) for name, weight in weights.items()}


def _weights(file: Traversable) -> dict[str, Any]:
    """The weights that a JSON file holds, once their checksum is found to be right."""
    stored = json.loads(file.read_bytes(), parse_constant=_refused)
    _check_format(stored.get("format"))
    if stored["crc32"] != weights_checksum(stored["weights"]):
        raise ValueError("the checksum is another one")
    weights: dict[str, Any] = stored["weights"]
    return weights


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no weight")


def weights_checksum(weights: Mapping[str, Any]) -> str:
    """The checksum that a JSON file holds for these weights."""
    return f"{zlib.crc32(json.dumps(dict(weights), sort_keys=True).encode()):08x}"
