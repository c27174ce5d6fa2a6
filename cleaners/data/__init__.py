"""The values that the stages pass to each other.

    Page -> Block -> Verdict -> Story -> Article

Every stage is a function from one of these values to the next. No stage changes a value that it was
given: it makes a new one, and a revised verdict keeps the first one. Each room holds the values of one
end of that way; all of them are imported from here.
"""

from __future__ import annotations

from cleaners.data.articles import Article, Cleaned
from cleaners.data.blocks import DROPPED, FIELDS, KEPT, Block, Box, Inside, Judged, Label, Story, Surroundings, Verdict
from cleaners.data.facts import Caption, Dateline, Embed, EmbedKind, Image, Metadata, StoryPosition, Update
from cleaners.data.lines import Body, Container, Line, Span, SpanKind
from cleaners.data.pages import (
    ContentType,
    FileState,
    Input,
    Page,
    PageFile,
    Profile,
    RejectedInput,
    Rejection,
    Rights,
    Signal,
    Waiting,
    page_of,
)

__all__ = [
    "DROPPED",
    "FIELDS",
    "KEPT",
    "Article",
    "Block",
    "Body",
    "Box",
    "Caption",
    "Cleaned",
    "Container",
    "ContentType",
    "Dateline",
    "Embed",
    "EmbedKind",
    "FileState",
    "Image",
    "Input",
    "Inside",
    "Judged",
    "Label",
    "Line",
    "Metadata",
    "Page",
    "PageFile",
    "Profile",
    "RejectedInput",
    "Rejection",
    "Rights",
    "Signal",
    "Span",
    "SpanKind",
    "Story",
    "StoryPosition",
    "Surroundings",
    "Update",
    "Verdict",
    "Waiting",
    "page_of",
]
