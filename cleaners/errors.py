"""The exceptions that Copydesk raises on purpose. Each message is one line that a person can act on."""

from __future__ import annotations


class CopydeskError(Exception):
    """The base of all of them: catch this to catch whatever the library refuses."""


class NotText(CopydeskError):
    """The content is no text in any encoding, such as a picture or a PDF document."""


class MissingPath(CopydeskError):
    """A file or folder that was asked for does not exist."""
