"""The HTML elements that the readers of a page treat alike, in sets by what they do to its text."""

from __future__ import annotations

NOT_TEXT = frozenset({"noscript", "script", "select", "style", "svg", "template", "textarea"})
"""Elements inside the body whose contents are code, drawings or form values, and not text of the page."""

UNSEEN = NOT_TEXT | {
    "amp-ad", "amp-auto-ads", "amp-consent", "amp-embed", "amp-sticky-ad",
    "applet", "area", "audio", "base", "canvas", "datalist", "embed", "iframe", "link", "map", "meta", "noembed",
    "noframes", "object", "param", "source", "title", "track", "video",
}  # fmt: skip
"""Elements whose contents a reader does not see as text of the page."""

INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "math", "mi", "mn", "mo", "mrow", "msub", "msup", "mtext", "nobr", "o:p",
        "output", "picture", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "slot", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
"""Elements that do not start a new line. An element of unknown name does, which suits custom elements best."""

CELLS = frozenset({"td", "th"})
VOID = frozenset({"br", "img"})
"""Elements that the walk handles by themselves: they have no contents."""

BOXLESS = INLINE | VOID
"""Elements that open no box."""

STRONG = frozenset({"b", "strong"})
MARKS = STRONG | {"a", "i", "em"}
"""Elements whose share of a block's text is measured: links and emphasis."""

CONTROLS = frozenset({"button", "input"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PAGE = frozenset({"html", "body"})
