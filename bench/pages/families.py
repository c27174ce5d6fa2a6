"""Pages of any size that repeat one thing: where the cost of a page may grow faster than its size.

A family is a function from a size in bytes to a page of about that size. Each page holds a short story, so that all
stages of cleaning have work to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Family = Callable[[int], str]
"""From a size in bytes to a page."""

_WORDS = "The council of the harbour town said on Tuesday that the bridge will open again in the spring of next year"
_STORY = tuple(f"{_WORDS}, after {number} months of work and a long dispute about its costs." for number in range(6))
_TITLE = "Harbour bridge to open again in the spring"
_BODY = "".join(f"<p>{text}</p>" for text in _STORY)
_HEAD = f"<!doctype html><html lang=en><title>{_TITLE}</title>"
_LD = '<script type="application/ld+json">'
_SCOPE = 'itemscope itemtype="https://schema.org/NewsArticle"'
_PERSON = 'itemscope itemtype="https://schema.org/Person"'


def inside(unit: str, close: str = "") -> Family:
    """Units inside the article, behind its text; `{}` in a unit becomes its number, `close` repeats behind all."""
    return _page(f"{_HEAD}<body><article><h1>{_TITLE}</h1>{_BODY}", unit, close, "</article>")


def beside(unit: str, close: str = "") -> Family:
    """Units in the body, behind the article."""
    return _page(f"{_HEAD}<body><article><h1>{_TITLE}</h1>{_BODY}</article>", unit, close, "")


def above(unit: str, close: str = "") -> Family:
    """Units in the body, in front of the article."""
    return _page(f"{_HEAD}<body>", unit, close, f"<article><h1>{_TITLE}</h1>{_BODY}</article>")


def around(unit: str, close: str) -> Family:
    """Elements nested in each other, with the article inside all of them."""
    return _page(f"{_HEAD}<body>", unit, f"<article><h1>{_TITLE}</h1>{_BODY}</article>" + close, "", closes=1)


def in_head(unit: str) -> Family:
    """Units in the head."""
    return _page(_HEAD, unit, "", f"<body><article><h1>{_TITLE}</h1>{_BODY}</article>")


def in_dump(unit: str) -> Family:
    """Units in a dump without markup, behind its story."""
    return _page("\n".join((_TITLE, "By Ana Example", *_STORY)) + "\n", unit, "", "\nAll rights reserved.\n")


def _page(start: str, unit: str, close: str, end: str, *, closes: int | None = None) -> Family:
    def make(size: int) -> str:
        count = max(1, size // (len(unit) + (len(close) if closes is None else 0)))
        units = "".join(unit.replace("{}", str(number)) for number in range(count)) if "{}" in unit else unit * count
        return start + units + close * (count if closes is None else closes) + end

    return make


def _nested(open_: str, close: str, place: Callable[[str, str], Family] = inside) -> Family:
    return place(open_, close)


HTML: Mapping[str, Family] = {
    "plain paragraphs": inside(f"<p>{_WORDS}.</p>"),
    "paragraphs of different words": inside("<p>A{} b{} c{} said d{} on Tuesday that e{} will open f{} g{} h{}.</p>"),
    "links in the article": inside("<a href=/a{}>x</a>"),
    "links in one paragraph": inside("<p><a href=/a{}>link {}</a> "),
    "links in blocks": inside("<p><a href=/a{}>A link to the story {} of the day</a></p>"),
    "links in the article, read": inside("<a href=/a{}>The story of the day in the harbour town</a> and more "),
    "empty links": inside("<a name=a></a>"),
    "open links": inside("<a href=x>y"),
    "divs beside": inside("<div>a b</div>"),
    "divs nested": inside("<div>a", "</div>"),
    "divs never closed": inside("<div><p>a"),
    "articles beside": beside("<article><h2>Title {}</h2><p>The bridge opens again, said Ana.</p></article>"),
    "articles nested": inside("<article><p>x {}</p>", "</article>"),
    "articles never closed": above("<article>"),
    "articles of links": beside("<article><a href=/{}>Title {}</a></article>"),
    "sections beside": inside("<section><h2>Part {}</h2><p>The bridge opens.</p></section>"),
    "main elements": beside("<main><p>The bridge opens again.</p></main>"),
    "lists": inside("<ul><li>one {}</li><li>two</li></ul>"),
    "list items": inside("<li>The bridge opens {}"),
    "lists nested": inside("<ul><li>one", "</li></ul>"),
    "definition lists": inside("<dl><dt>a<dd>b {}</dl>"),
    "tables": inside("<table><tr><td>1<td>2</table>"),
    "table rows": inside("<table><tr><td>The bridge {}<td>22</table>"[7:-8].replace("<table>", "")),
    "tables nested": inside("<table><tr><td>1", "</table>"),
    "cells in one row": inside("<td>cell {}"),
    "spans": inside("<span>x</span> "),
    "bold": inside("<b>word</b> "),
    "inline nested": inside("<b>a", "</b>"),
    "spans nested": inside("<span>a", "</span>"),
    "misnested": inside("<b><p>x</b>"),
    "formatting never closed": inside("<p><b><i><u><font>"),
    "line breaks": inside("a word<br>"),
    "double line breaks": inside("a word<br><br>"),
    "rules": inside("<hr>"),
    "headings 1": beside("<h1>Title {}</h1>"),
    "headings 2": inside("<h2>Title {}</h2>"),
    "headings with text": inside("<h2>Title {}</h2><p>Two lines of text about the bridge, said Ana Example.</p>"),
    "blockquotes nested": inside("<blockquote>a", "</blockquote>"),
    "preformatted": inside("<pre>a\nb</pre>"),
    "one preformatted": _page(f"{_HEAD}<article>{_BODY}<pre>", "line of code {}\n", "", "</pre></article>"),
    "figures": inside("<figure><img src=a><figcaption>A bridge {}. (Ana Example/AP)</figcaption></figure>"),
    "figures nested": inside("<figure><figcaption>a", "</figcaption></figure>"),
    "captions never closed": inside("<figcaption>A bridge (AP Photo/Ana Example)"),
    "images": inside("<img src=a{}.jpg alt='a bridge'>"),
    "pictures": inside("<picture><source srcset=a><img src=b></picture>"),
    "times": beside("<time datetime=2026-03-01>1 March 2026</time>"),
    "times of different days": beside("<time>{} March 2026</time>"),
    "datelines": inside("<p>LISBON (AP) — The bridge {} opens again on Tuesday, the mayor said.</p>"),
    "dates": above("<p>Published: 1 March 2026, 10:{}</p>"),
    "bylines": inside("<p class=byline>By Ana Example{}</p>"),
    "byline links": beside("<a rel=author href=/author/{}>Ana Example</a>"),
    "bylines in the article": inside("<div>By Ana Example and Tom Muster</div>"),
    "bylines in one element": _page(
        f"{_HEAD}<h1>{_TITLE}</h1><div class=author>", "<a href=/author/a{}>Ana {}</a>, ", "", f"</div>{_BODY}"
    ),
    "authors nested": inside('<div class="author">a', "</div>"),
    "authors nested around": around('<div class="author">', "</div>"),
    "bread crumbs": above("<nav class=breadcrumb><a href=/{}>Part {}</a></nav>"),
    "bread crumbs in one": _page(
        f"{_HEAD}<ol class=breadcrumb>", "<li><a href=/{}>Part {}</a>", "", f"</ol><h1>{_TITLE}</h1>{_BODY}"
    ),
    "microdata scopes": inside(f"<div {_SCOPE}><b itemprop=headline>T {{}}</b></div>"),
    "microdata nested": inside(f"<div {_SCOPE}>a", "</div>"),
    "microdata around": around(f"<div {_SCOPE}>", "</div>"),
    "microdata properties": _page(
        f"{_HEAD}<div {_SCOPE}><h1 itemprop=headline>{_TITLE}</h1>{_BODY}",
        "<i itemprop=author>Ana {}</i>",
        "",
        "</div>",
    ),
    "microdata properties nested": inside(f"<div {_SCOPE}><div itemprop=author>", "</div></div>"),
    "microdata persons nested": _page(
        f"{_HEAD}<h1>{_TITLE}</h1>{_BODY}<div {_SCOPE}>",
        f"<div itemprop=author {_PERSON}><b itemprop=name>",
        "</b></div>",
        "",
    ),
    "microdata dates": inside("<i itemprop=datePublished content=2026-03-01></i>"),
    "microdata types": inside('<p itemtype="https://schema.org/Article">'),
    "RDFa": inside('<p typeof="schema:Article" property="schema:author">Ana</p>'),
    "meta tags": in_head("<meta name=k{} content='a value'>"),
    "meta tags of one name": in_head("<meta property=article:author content='Ana Example {}'>"),
    "meta tags of tags": in_head("<meta property=article:tag content='tag {}'>"),
    "meta dates": in_head("<meta name=date content='2026-03-01'>"),
    "site names": in_head("<meta property=og:site_name content='Times {}'>"),
    "one author in meta": _page(f"{_HEAD}<meta name=author content='", "Ana ({}) ", "", f"'>{_BODY}"),
    "one author in meta of brackets": _page(f"{_HEAD}<meta name=author content='", "(", "", f"'>{_BODY}"),
    "one title of dashes": _page("<title>", "- ", "", f"</title>{_BODY}"),
    "one description in meta": _page(f"{_HEAD}<meta name=description content='", "A word {} ", "", f"'>{_BODY}"),
    "one date in meta": _page(f"{_HEAD}<meta name=date content='", "2026-03-", "", f"'>{_BODY}"),
    "link tags": in_head("<link rel=alternate hreflang=x{} href=https://example.org/{}>"),
    "titles": in_head("<title>Title {}</title>"),
    "one title": _page("<title>", "Title {} - ", "", f"</title><h1>{_TITLE}</h1>{_BODY}"),
    "JSON-LD scripts": in_head(_LD + '{"@type":"NewsArticle","headline":"T {}"}</script>'),
    "JSON-LD list": _page(f"{_HEAD}{_LD}[1", ',{"@type":"NewsArticle","headline":"T {}"}', "", f"]</script>{_BODY}"),
    "JSON-LD graph": _page(
        f'{_HEAD}{_LD}{{"@graph":[1', ',{"@id":"#{}","@type":"Person","name":"Ana {}"}', "", f"]}}</script>{_BODY}"
    ),
    "JSON-LD references": _page(
        f'{_HEAD}{_LD}{{"@type":"NewsArticle","headline":"{_TITLE}","author":[1',
        ',{"@id":"#{}"}',
        "",
        f"]}}</script><h1>{_TITLE}</h1>{_BODY}",
    ),
    "JSON-LD authors": _page(
        f'{_HEAD}{_LD}{{"@type":"NewsArticle","headline":"{_TITLE}","author":[1',
        ',{"@type":"Person","name":"Ana E{}"}',
        "",
        f"]}}</script><h1>{_TITLE}</h1>{_BODY}",
    ),
    "JSON-LD author names": _page(
        f'{_HEAD}{_LD}{{"@type":"NewsArticle","headline":"{_TITLE}","author":"Ana',
        ", Tom Muster{} and Ida",
        "",
        f'"}}</script><h1>{_TITLE}</h1>{_BODY}',
    ),
    "JSON-LD body": _page(
        f'{_HEAD}{_LD}{{"@type":"NewsArticle","headline":"{_TITLE}","articleBody":"',
        "<p>The bridge {} opens.</p>",
        "",
        f'"}}</script><h1>{_TITLE}</h1>{_BODY}',
    ),
    "JSON-LD headline": _page(
        f'{_HEAD}{_LD}{{"@type":"NewsArticle","headline":"',
        "The bridge &amp; {} ",
        "",
        f'"}}</script><h1>A</h1>{_BODY}',
    ),
    "JSON-LD nested": _page(f"{_HEAD}{_LD}", '{"a":', "", f"</script><h1>{_TITLE}</h1>{_BODY}"),
    "JSON-LD comments": _page(f"{_HEAD}{_LD}", "/* <!-- // ", "", f"</script><h1>{_TITLE}</h1>{_BODY}"),
    "JSON-LD of authors without an end": _page(f"{_HEAD}{_LD}", '{"author":"name"""', "", f"</script>{_BODY}"),
    "JSON-LD quotes": _page(f"{_HEAD}{_LD}{{", '"a\\":"', "", f"</script><h1>{_TITLE}</h1>{_BODY}"),
    "scripts": beside("<script>var x{} = 1;</script>"),
    "comments": inside("<!-- {} -->"),
    "comments never closed": inside("<!-- "),
    "styles": inside("<style>p{}</style>"),
    "noscripts": inside("<noscript>a {}</noscript>"),
    "noscript shell": _page("<html><body><script></script>", "<noscript>a word {}</noscript>", "", ""),
    "noscripts nested": _page("<html><body><script></script>", "<noscript><p>a", "</noscript>", ""),
    "streamed parts": _page(
        f"{_HEAD}{_BODY}", '<template id="B:{}"></template><div hidden id="S:{}"><p>text {}</div>', "", ""
    ),
    "streamed parts nested": _page(
        f"{_HEAD}{_BODY}", '<div hidden id="S:{}"><template id="B:{}"></template>a', "</div>", ""
    ),
    "hidden": inside("<p hidden>a</p>"),
    "hidden styles": inside("<p style='color:red;display:block'>a</p>"),
    "forms": inside("<form><input><button>Send</button></form>"),
    "options": inside("<select><option>a {}</select>"),
    "textareas": inside("<textarea>a</textarea>"),
    "frames": inside("<iframe src=a></iframe>"),
    "drawings": inside("<svg><path d=M0/></svg>"),
    "custom elements": inside("<x-{}>a</x-{}>"),
    "classes": inside("<p class='c{} d{} author-{}'>a</p>"),
    "ids": inside("<p id=i{}>a</p>"),
    "comments of readers": beside("<div class=comment><b>Ana {}</b><p>I think so, too, says the bridge.</p></div>"),
    "teasers": beside("<div class=teaser><h3><a href=/{}>Title {}</a></h3><p>What the bridge costs.</p></div>"),
    "teasers above": above("<div class=teaser><h3><a href=/{}>Title {}</a></h3><p>What the bridge costs.</p></div>"),
    "navigation": above("<nav><a href=/{}>Part {}</a></nav>"),
    "footers": beside("<footer>© 2026 Example Times {}</footer>"),
    "asides": inside("<aside><p>Note {}</p></aside>"),
    "copyright": beside("<p>© 2026 Example Times. All rights reserved.</p>"),
    "credits": inside("<p>Associated Press writer Ana Example in Lisbon contributed to this report.</p>"),
    "same paragraphs": inside("<p>The bridge.</p>"),
    "same headlines": inside(f"<p>{_TITLE}</p>"),
    "titles above": above(f"<p>{_TITLE}</p>"),
    "stories appended": beside(
        "<article><h1>Story {} of the day</h1><p>By Ana Example</p><p>1 March 2026</p>"
        f"<p>LISBON (AP) — {_WORDS}.</p><p>{_WORDS}, said {{}}.</p></article>"
    ),
    "one huge attribute": _page(f"{_HEAD}{_BODY}<p class='", "c{} ", "", f"'>{_BODY}"),
    "one tag of attributes": _page(f"{_HEAD}{_BODY}<p ", "a{}=1 ", "", f">{_BODY}"),
    "tags of attributes": inside("<p " + " ".join(f"a{number}=1" for number in range(3_000)) + ">x</p>"),
    "one tag between many": _page(f"{_HEAD}{_BODY}" + "<i></i>" * 2_000 + "<p ", "a{}=1 ", "", f">{_BODY}"),
    "bare attributes": _page(f"{_HEAD}{_BODY}<p ", "a{} ", "", f">{_BODY}"),
    "attributes with brackets": _page(f"{_HEAD}{_BODY}<p ", 'a{}=">" ', "", f">{_BODY}"),
    "attributes with tags": _page(f"{_HEAD}{_BODY}<p ", 'a{}="<b>" ', "", f">{_BODY}"),
    "attributes of body": _page(f"{_HEAD}", "<body a{}=1>", "", _BODY),
    "attributes of html": _page(f"{_HEAD}", "<html a{}=1>", "", _BODY),
    "one huge word": _page(f"{_HEAD}{_BODY}<p>", "a", "", f"</p>{_BODY}"),
    "one huge word of digits": _page(f"{_HEAD}{_BODY}<p>", "1", "", f"</p>{_BODY}"),
    "one huge paragraph": _page(f"{_HEAD}{_BODY}<p>", "word {} ", "", f"</p>{_BODY}"),
    "one huge heading": _page(f"{_HEAD}<h1>", "Word {} ", "", f"</h1>{_BODY}"),
    "one huge caption": _page(f"{_HEAD}{_BODY}<figcaption>", "A bridge (AP) {} ", "", f"</figcaption>{_BODY}"),
    "one huge byline": _page(f"{_HEAD}<h1>{_TITLE}</h1><p class=author>By ", "Ana {} and ", "", f"</p>{_BODY}"),
    "one huge date": _page(f"{_HEAD}<h1>{_TITLE}</h1><time>", "1 March 20{} ", "", f"</time>{_BODY}"),
    "one huge dateline": _page(f"{_HEAD}<h1>{_TITLE}</h1><p>", "LISBON, ", "", f" (AP) — Words.</p>{_BODY}"),
    "one huge link": _page(f"{_HEAD}{_BODY}<p><a href=x>", "a word ", "", f"</a></p>{_BODY}"),
    "one huge address": _page(
        f"{_HEAD}<link rel=canonical href=https://example.org/", "2026/03/01/a{}/", "", f">{_BODY}"
    ),
    "capitals": _page(f"{_HEAD}{_BODY}<p>", "WORD ", "", f"</p>{_BODY}"),
    "brackets": _page(f"{_HEAD}{_BODY}<p>", "(", "", f"</p>{_BODY}"),
    "quotes": _page(f"{_HEAD}{_BODY}<p>", "“", "", f"</p>{_BODY}"),
    "dots": _page(f"{_HEAD}{_BODY}<p>", "a. B. ", "", f"</p>{_BODY}"),
    "glued sentences": _page(f"{_HEAD}{_BODY}<p>", "It opened.Traffic", "", f"</p>{_BODY}"),
    "spaces": _page(f"{_HEAD}{_BODY}<p>a", " ", "", f"b</p>{_BODY}"),
    "no-break spaces": _page(f"{_HEAD}{_BODY}<p>a", "&nbsp;", "", f"b</p>{_BODY}"),
    "newlines": inside("\n"),
    "entities": _page(f"{_HEAD}{_BODY}<p>", "&amp;", "", f"</p>{_BODY}"),
    "numeric entities": _page(f"{_HEAD}{_BODY}<p>", "&#8217;", "", f"</p>{_BODY}"),
    "unknown entities": _page(f"{_HEAD}{_BODY}<p>", "&x{}", "", f"</p>{_BODY}"),
    "open brackets": inside("<"),
    "open brackets and letters": inside("<a "),
    "closing tags": inside("</p>"),
    "closing tags of nothing": inside("</x>"),
    "declarations": inside("<!doctype x>"),
    "processing instructions": inside("<?x y?>"),
    "sections of CDATA": inside("<![CDATA[x]]>"),
    "ideographs": _page(f"{_HEAD}{_BODY}<p>", "新聞記者が書いた。", "", f"</p>{_BODY}"),
    "arrows right to left": inside("<p dir=rtl>\u202eשלום {}</p>"),
    "bold lines": inside("<p><b>Word {}</b></p>"),
    "emails": inside("<p>ana{}@example.org</p>"),
    "addresses": inside("<p>https://example.org/a/{}</p>"),
    "numbers": inside("<p>{}.</p>"),
}
"""HTML pages."""

DUMPS: Mapping[str, Family] = {
    "plain paragraphs": in_dump(f"{_WORDS}.\n"),
    "paragraphs of different words": in_dump("A{} b{} c{} said d{} on Tuesday that e{} will open f{} g{} h{}.\n"),
    "identical lines": in_dump("The bridge opens.\n"),
    "short lines": in_dump("ab {}\n"),
    "lines of one letter": in_dump("a\n"),
    "blank lines": in_dump("\n"),
    "blank lines of spaces": in_dump("  \n"),
    "numbers": in_dump("{}\n"),
    "datelines": in_dump("LISBON (AP) — The bridge {} opens again on Tuesday, the mayor said.\n"),
    "captions": in_dump("A bridge {} in Lisbon, Friday, March 6, 2026. (AP Photo/Ana Example)\n"),
    "captions twice": in_dump(
        "A bridge {} in Lisbon, Friday. (AP Photo/Ana)\nA bridge {} in Lisbon, Friday. (AP Photo/Ana)\n"
    ),
    "bylines": in_dump("By Ana Example {}\n"),
    "dates": in_dump("1 March 2026, 10:30\n"),
    "headlines": in_dump(f"{_TITLE}\n"),
    "headings": in_dump("Title Of Part {}\n"),
    "credits": in_dump("Associated Press writer Ana Example in Lisbon contributed to this report.\n"),
    "copyright": in_dump("© 2026 Example Times {}. All rights reserved.\n"),
    "related": in_dump("Related: The bridge {} opens\n"),
    "comments": in_dump("Reply\nAna {}\n2 hours ago\nI think so, too.\n"),
    "links": in_dump("https://example.org/a/{}\n"),
    "quotes": in_dump("“We cannot move it {},” she said.\n"),
    "stories": in_dump(f"Story {{}} of the day\nBy Ana Example\n1 March 2026\nLISBON (AP) — {_WORDS}.\n{_WORDS}.\n"),
    "one line": in_dump("word {} "),
    "one huge word": in_dump("a"),
    "one huge number": in_dump("1"),
    "capitals": in_dump("WORD "),
    "capitals and letters": in_dump("aB"),
    "glued sentences": in_dump("It opened.Traffic"),
    "glued words": in_dump("HomeSport"),
    "brackets": in_dump("("),
    "open quotes": in_dump("“"),
    "dots": in_dump("."),
    "dashes": in_dump("— "),
    "commas": in_dump("Ana, "),
    "spaces": in_dump(" "),
    "spaces and letters": in_dump("a   "),
    "tabs": in_dump("a\tb\t"),
    "one huge byline": _page("By Ana", " and Tom {},", "", "\n" + "\n".join(_STORY)),
    "one huge dateline": _page("LISBON", ", LISBON", "", " (AP) — It opens.\n" + "\n".join(_STORY)),
    "one huge caption": in_dump("A bridge (AP Photo/Ana) "),
    "one huge date": in_dump("1 March 2026 "),
    "ideographs": in_dump("新聞記者が書いた。"),
    "combining marks": in_dump("e\u0301"),
    "right to left": in_dump("שלום {}\n"),
    "markup in a dump": in_dump("a < b & c > d\n"),
    "carriage returns": in_dump("a\r"),
    "form feeds": in_dump("a\f"),
    "line separators": in_dump("a\u2028"),
    "control characters": in_dump("a\x01\n"),
    "emails": in_dump("ana{}@example.org "),
    "Hindi": in_dump("पुल खुला है। "),
    "bullets": in_dump("• Point {}\n"),
    "pipes": in_dump("Home | Sport | News {}\n"),
}
"""Dumps without markup."""
