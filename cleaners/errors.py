"""The exceptions that Copydesk raises on purpose. Each message is one line that a person can act on."""

from __future__ import annotations


class CopydeskError(Exception):
    """The base class of all errors that Copydesk raises on purpose."""


class NotText(CopydeskError):
    """The content is not text in any encoding, such as an image or a PDF document."""


class MissingPath(CopydeskError):
    """A file or folder that was asked for does not exist."""


class BadIndex(CopydeskError):
    """An index file is damaged, is none, or was made by a version whose fingerprints are others."""


class BadWeights(CopydeskError):
    """A file with the weights of a learned model is missing, damaged, or of another format."""


class OutputExists(CopydeskError):
    """An output exists, and neither replacing it nor resuming it was asked for."""


class OutputClash(CopydeskError):
    """An output is an input, or the same file as another output."""


class CannotResume(CopydeskError):
    """An earlier run cannot be resumed."""


def describe(error: Exception) -> str:
    """What went wrong, in one line: for an error of the operating system its words and the file."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return " ".join(str(error.args[0] if error.args else type(error).__name__).split())
