"""Titles: which of the stated and shown headlines is the story's, and what is cut off it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleaners.metadata.titles import TitleCandidates, choose_title
from tests.support.metadata_pages import metadata


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>Harbour reopens - Example Times</title>", "", "Harbour reopens"),
        ("<title>Harbour reopens | World | Example</title>", "Harbour reopens", "Harbour reopens"),
        ('<meta property="og:title" content="Harbour reopens">', "<i>Storm</i> Harbour reopens", "Harbour reopens"),
        ('<meta property="og:title" content="Harbour reopens">', "The Harbour reopens", "The Harbour reopens"),
        (
            '<meta property="og:title" content="Storm: Harbour reopens">',
            "Storm Harbour reopens",
            "Storm: Harbour reopens",
        ),
        ("<title>Ferries run as harbour reopens</title>", "Harbour reopens after days", "Harbour reopens after days"),
        ('<meta property="og:title" content="Harbour reopens at last">', "Example Times", "Harbour reopens at last"),
        ("", "Harbour reopens", "Harbour reopens"),
        ('<meta property="og:title" content="Harbour Reopens">', "HARBOUR REOPENS", "Harbour Reopens"),
        ('<meta property="og:title" content="The town&amp;#8217;s harbour">', "", "The town’s harbour"),
    ],
)
def test_the_headline_is_chosen_by_agreement(head: str, heading: str, title: str) -> None:
    site = '<meta property="og:site_name" content="Example Times">'
    assert metadata(site + head, f"<h1>{heading}</h1>").title == title


@pytest.mark.parametrize("title", ["…", "!!!", "—"])
def test_a_title_without_a_letter_is_compared_with_a_heading(title: str) -> None:
    assert metadata(f'<meta property="og:title" content="{title}">', "<h1>Harbour reopens after storm</h1>").title


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("橋梁今年春天重新開放_地方_範例日報", "橋梁今年春天重新開放"),
        ("橋が春に再開へ--見本新聞", "橋が春に再開へ"),
        ("Bridge reopens in the spring -- Example Times", "Bridge reopens in the spring"),
        ("Bridge reopens in the spring | Example Times", "Bridge reopens in the spring"),
    ],
)
@pytest.mark.parametrize("heading", ["", "Example Times"])
def test_a_title_without_a_heading_or_with_the_site_as_heading(title: str, headline: str, heading: str) -> None:
    if not heading or heading in title:
        assert metadata(f"<title>{title}</title>", f"<h1>{heading}</h1>").title == headline


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("<em>Harbour Gazette</em>’s guide to the <b>old</b> pier", "Harbour Gazette’s guide to the old pier"),
        ("<span>Hafen</span><span>: </span><span>Brücke offen</span>", "Hafen: Brücke offen"),
        ("<span>Avis</span><span>Le pont rouvre lundi</span>", "Avis Le pont rouvre lundi"),
        ("Qui a rouvert <i>le pont</i> ?", "Qui a rouvert le pont ?"),
        ("Puente (<i>viejo</i>) abierto", "Puente (viejo) abierto"),
    ],
)
def test_a_mark_beside_an_element_belongs_to_its_word(heading: str, title: str) -> None:
    assert metadata("", f"<h1>{heading}</h1>").title == title


FOOTER = ("© 2026 Hafenblatt", "Sport", "地方")


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        (
            "Fähre nimmt nach dem Umbau den Betrieb auf | Region | Hafenblatt",
            "Fähre nimmt nach dem Umbau den Betrieb auf",
        ),
        (
            "Fähre nimmt nach dem Umbau den Betrieb auf - Sport - Hafenblatt",
            "Fähre nimmt nach dem Umbau den Betrieb auf",
        ),
        ("改修を終えた渡し船が運航を再開 - 地方 - 港日報", "改修を終えた渡し船が運航を再開"),
        ("수리를 마친 나룻배 다시 운항 시작하다 < 지역 < 기사 - 항구일보", "수리를 마친 나룻배 다시 운항 시작하다"),
        ("Hafenblatt : Fähre fährt", "Fähre fährt"),
        (
            "Harbour Paper | Local | Ferry runs again after repairs",
            "Ferry runs again after repairs",
        ),
        ("Ferry – and quay – open again – Harbour Paper", "Ferry – and quay – open again"),
        ("Office 12 – Harbour – Part three", "Office 12 – Harbour"),
    ],
)
def test_the_part_of_a_lone_title_that_is_the_headline(title: str, headline: str) -> None:
    assert choose_title(TitleCandidates(title=title, lines=lambda: FOOTER)) == headline


def test_a_heading_that_the_copyright_line_names_is_the_site() -> None:
    title = "Hafenblatt - Fähre nimmt nach dem Umbau den Betrieb auf"
    found = choose_title(TitleCandidates(headings=["Hafenblatt"], title=title, lines=lambda: FOOTER))
    assert found == "Fähre nimmt nach dem Umbau den Betrieb auf"
    assert choose_title(TitleCandidates(headings=["Hafenblatt"], title=title)) == "Hafenblatt"


def test_the_headline_below_the_name_of_the_site() -> None:
    below = ["Sport", "Fähre nimmt nach dem Umbau den Betrieb auf"]
    page = TitleCandidates(headings=["Hafenblatt"], title="Hafenblatt", lines=lambda: FOOTER, subheadings=lambda: below)
    assert choose_title(page) == below[1]
    assert choose_title(replace(page, lines=tuple)) == "Hafenblatt"


def test_an_og_title_that_is_the_outlet() -> None:
    stated = TitleCandidates(og="Hafenblatt", title="Fähre fährt wieder - Hafenblatt", outlets=["Hafenblatt"])
    assert choose_title(stated) == "Fähre fährt wieder"


@pytest.mark.parametrize(
    ("candidates", "title"),
    [
        (
            TitleCandidates(headings=["Lajmi i Ri"], og="Ura u hap | Lajmi i Ri", title="Lajmi i Ri"),
            "Ura u hap",
        ),
        (
            TitleCandidates(
                title="Uusi Lehti -- Silta avattiin taas", lines=lambda: ["Uusi Lehti", "Silta avattiin taas"]
            ),
            "Silta avattiin taas",
        ),
        (
            TitleCandidates(title="海辺の駅がパン屋に：例日報デジタル", lines=lambda: ["例日報", "海辺の駅がパン屋に"]),
            "海辺の駅がパン屋に",
        ),
        (
            TitleCandidates(
                headings=["Báo Mẫu"], title="Cây cầu cũ mở lại: Báo Mẫu", lines=lambda: ["Báo Mẫu", "Cây cầu cũ mở lại"]
            ),
            "Cây cầu cũ mở lại",
        ),
        (
            TitleCandidates(headings=["Култура Мостът отново отвори"], title="Мостът отново отвори :: Вести"),
            "Мостът отново отвори",
        ),
        (
            TitleCandidates(headings=["Wie baut man eine Brücke aus Holz?"], title="Eine Brücke aus Holz | Beispiel"),
            "Wie baut man eine Brücke aus Holz?",
        ),
    ],
)
def test_names_of_sites_in_other_places(candidates: TitleCandidates, title: str) -> None:
    assert choose_title(candidates) == title


READERS = "Why the old ferry of Example Bay is sailing again"


@pytest.mark.parametrize(
    ("heading", "stated", "title"),
    [
        ("Opinion Harbour needs a bridge", ("Opinion | Harbour needs a bridge", "Harbour needs a bridge"), 1),
        ("Hafen Eine Brücke für alle", ("Hafen - Eine Brücke für alle", "Eine Brücke für alle"), 1),
        ("Storm: Harbour needs a bridge", ("Storm: Harbour needs a bridge", "Harbour needs a bridge"), 0),
        ("Harbour reopens after storm 02.02.2022 • Sea, Local", ("Harbour reopens after storm", ""), 0),
        ("Harbour reopens after storm Posted on July 1, 2024 by Ann", ("Harbour reopens after storm", ""), 0),
        (
            "Chaos at port - ferries cancelled again",
            ("Chaos at port - ferries cancelled again", "Ferries cancelled again"),
            0,
        ),
        (READERS, ("Best boat trips", "Best boat trips"), READERS),
        ("A message from the founder of this paper:", ("Best boat trips", "Best boat trips"), 0),
        ("Our blog", ("Best boat trips", "Best boat trips"), 0),
    ],
)
def test_a_heading_beside_what_the_page_states(heading: str, stated: tuple[str, str], title: int | str) -> None:
    candidates = TitleCandidates(headings=[heading], og=stated[0], headline=stated[1] or None)
    assert choose_title(candidates) == (title if isinstance(title, str) else stated[title])


@pytest.mark.parametrize(
    ("heading", "stated", "title"),
    [
        (("Immobilien", "Hafen in Sorge um Pächter"), "Hafen in Sorge um Pächter", "Hafen in Sorge um Pächter"),
        (
            ("Immobilien Hafen in Sorge um Pächter",),
            "Hafen in Sorge um Pächter",
            "Immobilien Hafen in Sorge um Pächter",
        ),
        (
            ("„Ganz leer“: Hafen in Sorge um Pächter",),
            "Hafen in Sorge um Pächter",
            "„Ganz leer“: Hafen in Sorge um Pächter",
        ),
        (("Meer | Hafen in Sorge um Pächter",), "Hafen in Sorge um Pächter", "Hafen in Sorge um Pächter"),
        (("27.01.2022", "Hafen in Sorge um Pächter"), "Hafen in Sorge um Pächter", "Hafen in Sorge um Pächter"),
        (("Le pont rouvre lundi", "Il était fermé depuis la tempête"), "Le pont rouvre lundi", "Le pont rouvre lundi"),
        (("Le pont rouvre lundi à midi",), "Le pont rouvre lundi", "Le pont rouvre lundi à midi"),
        (("12", "ways to cross the harbour"), "ways to cross the harbour", "12 ways to cross the harbour"),
    ],
)
def test_a_kicker_or_a_subtitle_stands_in_an_element_of_its_own(
    heading: tuple[str, ...], stated: str, title: str
) -> None:
    pieces = {" ".join(heading): heading}
    candidates = TitleCandidates(headings=list(pieces), og=stated, pieces=pieces.__getitem__)
    assert choose_title(candidates) == title


def test_the_pieces_of_a_heading_are_the_texts_of_its_elements() -> None:
    head = '<meta property="og:title" content="Le pont rouvre lundi">'
    subtitle = "<h1><b>Le pont <i>rouvre</i> lundi</b><small>Il était fermé</small></h1>"
    assert metadata(head, subtitle).title == "Le pont rouvre lundi"
    assert metadata(head, "<h1>Le pont <i>rouvre</i> lundi Il était fermé</h1>").title != "Le pont rouvre lundi"


def test_a_kicker_in_front_of_a_title_with_sections_behind_it() -> None:
    title = "Progress - The ferry sails on Monday | Sea | Example"
    candidates = TitleCandidates(
        headings=["Progress The ferry sails on Monday"], headline="The ferry sails on Monday", title=title
    )
    assert choose_title(candidates) == "The ferry sails on Monday"


SEARCHED = "Example Bay ferry: all times and prices at a glance"


@pytest.mark.parametrize(
    ("below", "stated", "title"),
    [
        ("Warum die alte Fähre wieder fährt", "Warum die alte Fähre wieder fährt", 1),
        ("Verkehr Warum die alte Fähre wieder fährt", "Warum die alte Fähre wieder fährt", 1),
        ("Pourquoi le vieux bac repart", "Pourquoi le vieux bac repart - Example", 1),
        ("Why the old ferry sails", "Why the new ferry sails", 0),
        ("Fähre heute", "Fähre heute", 0),
        ("At a glance: all times", "All times at a glance", 0),
        ("The Example Bay ferry " * 12, "The Example Bay ferry " * 12, 0),
        (f"Read now: {SEARCHED[:-12]}", SEARCHED[:-12], 0),
    ],
)
def test_a_headline_stated_and_shown_below_the_one_for_search_engines(below: str, stated: str, title: int) -> None:
    for source in ("og", "headline", "twitter"):
        page = TitleCandidates(
            headings=[SEARCHED], title=SEARCHED, outlets=["Example"], subheadings=lambda: ["Menu", below]
        )
        found = choose_title(replace(page, **{source: stated}))
        assert found == (stated.removesuffix(" - Example") if title else SEARCHED)
        assert choose_title(replace(page, subheadings=lambda: ["A", "B", "C", below], **{source: stated})) == SEARCHED


@pytest.mark.parametrize(
    ("heading", "stated", "title"),
    [
        ("Zur Brücke: was nun", "Zur Brücke - was nun", "Zur Brücke: was nun"),
        ("Zur Brücke- was nun", "Zur Brücke: was nun", "Zur Brücke- was nun"),
        ("Zur Brücke was nun", "Zur Brücke: was nun", "Zur Brücke: was nun"),
        ("Zur Brücke was nun", "Zur Brücke - was nun", "Zur Brücke - was nun"),
        ("Zur Brücke was - und nun", "Zur Brücke: was - und nun", "Zur Brücke: was - und nun"),
    ],
)
def test_a_mark_that_the_lines_of_a_heading_have_lost(heading: str, stated: str, title: str) -> None:
    assert choose_title(TitleCandidates(headings=[heading], og=stated)) == title


@pytest.mark.parametrize(
    "word", ["Home", "Startseite", "Accueil", "Inicio", "Strona główna", "Untitled Document", "首页", "ホーム"]
)
def test_the_word_for_a_home_page_is_no_headline(word: str) -> None:
    assert choose_title(TitleCandidates(headings=["Time to go"], title=word)) == "Time to go"
    assert choose_title(TitleCandidates(title=word)) == word


def test_a_headline_cut_off_goes_on_elsewhere() -> None:
    whole = "Where the ferry sails to (and when it sails back)"
    assert choose_title(TitleCandidates(headline=whole[:29], og=whole)) == whole
    assert choose_title(TitleCandidates(headline=f"{whole[:18]}…", og=whole)) == whole
    assert choose_title(TitleCandidates(headline=whole[:18], og=whole)) == whole[:18]


def test_a_section_behind_a_headline_that_the_page_shows_without_it() -> None:
    stated = "Ferry sails to the islands again | District"
    page = TitleCandidates(og=stated, title=stated)
    assert choose_title(page) == stated
    assert choose_title(replace(page, lines=lambda: ["Menu", "Ferry sails to the islands again"])) == stated[:-11]
    assert choose_title(replace(page, lines=lambda: [stated, "Ferry sails to the islands again"])) == stated


def test_a_heading_of_one_word_is_not_alike_where_others_are() -> None:
    stated = "How we mended the ferry, the quay and a chat room"
    assert choose_title(TitleCandidates(headings=["Select", "Ferry"], og=stated)) == stated
    names = ["てくろぐ", "海辺の駅がパン屋になりました 2019"]
    assert choose_title(TitleCandidates(headings=names, title=f"{names[0]}: {names[1]}")) == names[1]


@pytest.mark.parametrize("mark", ["：", "、", "（"])
def test_a_wide_mark_has_no_space_beside_it(mark: str) -> None:
    assert (
        metadata(body=f"<h1>比較してみた<span>{mark}</span><span>さらば</span></h1>").title
        == f"比較してみた{mark}さらば"
    )


def test_a_slogan_is_no_headline_where_the_page_shows_what_two_sources_state() -> None:
    told = "Fishermen return to sea"
    candidates = TitleCandidates(headings=[READERS], og=told, headline=told)
    assert choose_title(candidates) == READERS
    assert choose_title(replace(candidates, lines=lambda: ["Menu", told])) == told
    assert choose_title(replace(candidates, subheadings=lambda: [told])) == told


@pytest.mark.parametrize("archive", ["Blog Archive", "Blog Archiv", "Archives du blog", "Archivo del blog"])
def test_a_blog_names_its_archive_before_the_headline(archive: str) -> None:
    title = f"Example Notes » {archive} » Ferry sails"
    assert choose_title(TitleCandidates(headings=["Example Notes"], title=title)) == "Ferry sails"
