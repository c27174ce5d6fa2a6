"""The site's HTML pages: articles, the front, sections, a calendar, traps and a page that a script fills."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape

from tests.support.site.stories import SECTIONS, Story

PER_LISTING = 10
"""Articles on a page of a section."""

_NAVIGATION = "".join(f'<li><a href="/{section}/">{section.title()}</a></li>' for section in SECTIONS)
_FEED_LINKS = """
<link rel="alternate" type="application/rss+xml" title="All news" href="/feeds/rss.xml">
<link rel="alternate" type="application/atom+xml" title="All news" href="/feeds/atom.xml">
<link rel="alternate" type="application/feed+json" title="All news" href="/feeds/feed.json">
"""


def page(title: str, main: str, head: str = "") -> str:
    """A page of the site: `main` between the same header and footer everywhere."""
    return f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{escape(title)} | The Made Gazette</title>{head}</head>
<body>
<header><a href="/">The Made Gazette</a><nav><ul>{_NAVIGATION}</ul></nav></header>
<main>{main}</main>
<footer><ul>
<li><a href="/about">About us</a></li><li><a href="/contact">Contact</a></li><li><a href="/login?next=/">Log in</a></li>
<li><a href="mailto:desk@gazette.example">Write to us</a></li><li><a href="javascript:void(0)">Settings</a></li>
</ul><p>© 2026 The Made Gazette</p></footer>
</body>
</html>
"""


def article(story: Story, base: str, related: Sequence[Story] = ()) -> str:
    """A story's page, with JSON-LD, a canonical link and links to related stories. `base` is the site's address."""
    url = base + story.path
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": url,
        "headline": story.headline,
        "datePublished": story.published.isoformat(),
        "dateModified": story.modified.isoformat(),
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": "The Made Gazette"},
    }
    head = f"""
<link rel="canonical" href="{escape(url)}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(story.headline)}">
<script type="application/ld+json">{json.dumps(facts)}</script>{_FEED_LINKS}"""
    paragraphs = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    main = f"""<article>
<p class="kicker"><a href="/{story.section}/">{story.section.title()}</a></p>
<h1>{escape(story.headline)}</h1>
<p class="byline">By {story.author}</p>
<p><time datetime="{story.published.isoformat()}">{story.published:%B %d, %Y}</time></p>
{paragraphs}
</article>
<aside><h2>Related stories</h2>{_teasers(related)}</aside>"""
    return page(story.headline, main, head)


def front(newest: Sequence[Story]) -> str:
    """The front page: the newest stories, feeds, and ways into the calendar, the traps and other hosts."""
    main = f"""<h1>The Made Gazette</h1>
{_teasers(newest, query="?utm_source=front&utm_medium=teaser")}
<ul class="more">
<li><a href="/calendar/2026/03/01/">Calendar</a></li>
<li><a href="/trap/news/">More news</a></li>
<li><a href="/session/news/?sid=0">Your news</a></li>
<li><a href="/search?q=town">Search</a></li>
<li><a href="/files/report.pdf">Annual report</a></li>
<li><a href="http://elsewhere.example/world/2026/01/01/a-story-on-another-host-1.html">A story on another host</a></li>
</ul>"""
    return page("Front page", main, _FEED_LINKS)


def section(name: str, stories: Sequence[Story], number: int) -> str:
    """Page `number` (from 1) of a section's stories, newest first, with links to the other pages."""
    here = stories[(number - 1) * PER_LISTING : number * PER_LISTING]
    last = max(1, -(-len(stories) // PER_LISTING))
    around = [other for other in (number - 1, number + 1) if 1 <= other <= last]
    links = "".join(f'<a href="/{name}/?page={other}">Page {other}</a> ' for other in around)
    main = f'<h1>{name.title()}</h1>{_teasers(here)}<nav class="pages">{links}</nav>'
    return page(f"{name.title()}, page {number}", main, _FEED_LINKS)


def calendar(day: date) -> str:
    """A day without stories that links to the days and months around it, without end."""
    steps = (-365, -30, -1, 1, 30, 365)
    links = "".join(_item(_calendar_path(day + timedelta(step)), f"{day + timedelta(step)}") for step in steps)
    return page(f"Events on {day}", f"<h1>Events on {day}</h1><p>No events.</p><ul>{links}</ul>")


def trap(path: str) -> str:
    """A page whose links lead ever deeper: relative ones that add a folder, as a wrongly set base does."""
    links = "".join(_item(f"{path}{folder}/", f"More {folder}") for folder in ("news", "world", "news/world"))
    return page("More news", f"<h1>More news</h1><ul>{links}</ul>")


def session(number: int) -> str:
    """A page that gives each visit a session id of its own."""
    links = "".join(_item(f"/session/news/?sid={number * 3 + step}", "Your news") for step in (1, 2, 3))
    return page("Your news", f"<h1>Your news</h1><ul>{links}</ul>")


def plain(title: str) -> str:
    """A page that is neither an article nor a listing."""
    return page(title, f"<h1>{escape(title)}</h1><p>The Made Gazette is made by a test, for tests.</p>")


def filled_by_script(story: Story) -> str:
    """A page without a word of its story: a script puts it there, from `/script-only/story.json`."""
    script = """
fetch("/script-only/story.json").then(reply => reply.json()).then(story => {
  document.title = story.headline;
  const article = document.createElement("article");
  const add = (tag, text) => article.appendChild(document.createElement(tag)).textContent = text;
  add("h1", story.headline);
  story.paragraphs.forEach(text => add("p", text));
  document.getElementById("root").replaceChildren(article);
});"""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The Made Gazette</title>
<link rel="canonical" href="/script-only"></head>
<body><div id="root"></div><noscript>Please turn JavaScript on.</noscript><script>{script}</script></body></html>
"""


def script_data(story: Story) -> str:
    """What the script asks for."""
    return json.dumps({"headline": story.headline, "paragraphs": story.paragraphs})


def _calendar_path(day: date) -> str:
    return f"/calendar/{day:%Y/%m/%d}/"


def _teasers(stories: Iterable[Story], query: str = "") -> str:
    items = "".join(
        f'<li><h3><a href="{escape(story.path + query)}">{escape(story.headline)}</a></h3>'
        f"<time>{story.published:%Y-%m-%d}</time></li>"
        for story in stories
    )
    return f'<ul class="teasers">{items}</ul>'


def _item(path: str, text: str) -> str:
    return f'<li><a href="{escape(path)}">{escape(text)}</a></li>'
