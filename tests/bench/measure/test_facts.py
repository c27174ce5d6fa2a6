from __future__ import annotations

from bench.measure.facts import counted
from cleaners import Page, clean_page

TEXT = "The council of the two towns met on Monday and agreed to share one fire engine after a long talk."


def test_what_a_page_states_is_compared_with_its_record() -> None:
    page = (
        '<html><head><meta property="og:image" content="/a.jpg"><meta name="keywords" content="Fire, Port"></head>'
        f"<body><article><h1>Towns share an engine</h1><p>{TEXT}</p><p>{TEXT} Two.</p></article></body></html>"
    )
    (article,) = clean_page(Page(page, url="https://news.example/a", kind="html"), any_page=True).articles
    counts = counted(page, {"topics": ["Fire", "Boats"]}, article)
    assert {name[0] for name, count in counts.items() if count} == set("p1234567")
