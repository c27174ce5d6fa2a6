"""What a page may say to whoever looks at it, none of which may be done."""

from __future__ import annotations

from itertools import chain

from cleaners.data import (
    Article,
    Block,
    Cleaned,
    Embed,
    Judged,
    Label,
    Page,
    Rejection,
    Rights,
    Signal,
    StoryPosition,
    Update,
    Verdict,
)
from cleaners.explaining import html_closing, html_opening, html_page

MARKUP = [
    "</script><script>document.title='owned'</script>",
    "</style><style>@import 'https://attacker.example/a.css';</style>",
    "\"><img src='https://attacker.example/x.png' onerror=\"document.title='owned'\">",
    "' autofocus onfocus='document.title=`owned`' x='",
    "<!-- --!> <svg onload=document.title='owned'>",
    "]]><iframe src=https://attacker.example/></iframe>",
    "<a href=\"javascript:document.title='owned'\">click</a>",
    "&lt;b&gt; &amp;amp; &#x3c;script&#x3e;",
    "{{7*7}} ${7*7} <%= 7*7 %> [bold red]no markup[/]  :smile:",
    "</textarea></title></p></li></ol></section></main></body></html><h1>after the end</h1>",
]
"""Text that a careless file takes for markup, a template or a script."""

CONTROLS = [
    "\x1b]0;owned\x07 a new title for the window",
    "\x1b[2J\x1b[1;1H a screen wiped clean",
    "\x1b]8;;https://attacker.example\x1b\\a link\x1b]8;;\x1b\\",
    "\x9b31m the escape that is one character, \x90q\x9c and a device string",
    "over\x08\x08\x08\x08written, a bell \x07 and a \x7f",
    "back\rto the start of the line",
    "user\u202egnp.exe\u202c and \u2067isolated\u2069",
    "two\u2028lines\u2029or three",
    "half a pair \ud800 and no characters \ufffe \uffff",
    "\0",
]
"""Characters that drive a terminal, turn a line around, or are none."""

URLS = [
    "javascript:document.title='owned'",
    "JaVaScRiPt:document.title='owned'",
    "java\tscript:document.title='owned'",
    "data:text/html,<script>document.title='owned'</script>",
    "https://news.example/\"><script>document.title='owned'</script>",
    "https://news.example/\u202egnp.exe",
    "https://[not-an-address/",
    "file:///etc/passwd",
]


def hostile_pages() -> list[Cleaned]:
    """Pages that say all of it in every place that a page's words can get to."""
    return [_hostile(text, url) for text in MARKUP + CONTROLS for url in URLS[:1]] + [
        _hostile(url, url) for url in URLS
    ]


def html_file(*pages: Cleaned) -> bytes:
    """Pages explained in one file, as the command writes it."""
    explained = chain.from_iterable(html_page(cleaned, number) for number, cleaned in enumerate(pages, start=1))
    return b"".join([html_opening(), *explained, html_closing()])


def _hostile(text: str, url: str) -> Cleaned:
    verdict = Verdict(Label.HEADING, text, 0.4).revised(Label.RELATED, text, 0.9)
    block = Block(text, line=1, tag=text, path=text)
    blocks = (Judged(block, verdict), Judged(block, Verdict(Label.BODY, text, 0.3), 1, 0.7))
    return Cleaned(Page("", url=url, kind="html", source=text), (article(text),), blocks, Rejection(text, text))


def article(text: str, **changes: object) -> Article:
    """A record of which each fact is the text."""
    facts = {
        **dict.fromkeys("id url canonical_url source retrieved_at title summary text date_published".split(), text),
        **{"date_modified": None, "authors": (text,), "publisher": text},
        **{"section": None, "dateline": None},
        "rights": Rights(("ai-train",), (Signal(text, "reserved", text, text),)),
        **{"language": "en", "credits": (), "captions": (), "kind": "article", "confidence": 0.5},
        **{"dropped": {}, "copydesk": "0", "embeds": (Embed("post", text),), "updates": (Update(text, text, text),)},
    }
    return Article(**{**facts, "story": StoryPosition(), **changes})  # type: ignore[arg-type]
