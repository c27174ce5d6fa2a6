"""Authors: by markup of every form, by labels in many languages, and lines that name none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.metadata_pages import ARTICLE, json_ld, metadata


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Jane Doe", ("Jane Doe",)),
        ("Jane Doe and Max Roe", ("Jane Doe", "Max Roe")),
        ({"@type": "Person", "name": "Jane Doe"}, ("Jane Doe",)),
        ({"name": ["Jane Doe", "Max Roe"]}, ("Jane Doe", "Max Roe")),
        ([["Jane Doe"], [{"name": "Max Roe"}]], ("Jane Doe", "Max Roe")),
        ({"@id": "#jane"}, ("Jane Doe",)),
        ({"name": {"name": "Jane Doe"}}, ("Jane Doe",)),
        ([None, 7, {"name": None}, {}], ()),
        (None, ()),
        (7, ()),
        ("https://example.org/jane", ()),
        ("Max &amp; Jane Doe", ("Max", "Jane Doe")),
    ],
)
def test_authors_of_every_type(author: Any, names: tuple[str, ...]) -> None:
    graph = {"@graph": [{**ARTICLE, "author": author}, {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}]}
    assert metadata(json_ld(graph)).authors == names


def test_a_name_in_parts() -> None:
    author = {"@type": "Person", "givenName": "Ada", "familyName": "Roe"}
    assert metadata(json_ld({**ARTICLE, "author": author})).authors == ("Ada Roe",)


def test_the_outlet_is_author_only_where_nobody_else_is_named() -> None:
    stated = {**ARTICLE, "author": {"@type": "Organization", "name": "Example Times"}}
    body = "<h1>Harbour reopens after storm</h1>"
    assert metadata(json_ld(stated), body).authors == ("Example Times",)
    assert metadata(json_ld(stated), body + "<p>By Jane Doe</p>").authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("<p>By</p><p>mixmaster</p>", ("mixmaster",)),
        ("<p>Jane Doe</p><p>7 January 2026</p>", ("Jane Doe",)),
        ("<p>Jane Doe</p><p>Senior Editor</p>", ("Jane Doe",)),
        ("<p>Jane Doe | Senior Editor | 7 January 2026</p>", ("Jane Doe",)),
        ("<p>The Example Team</p><p>7 January 2026</p>", ("The Example Team",)),
        ("<p>Latest News</p><p>7 January 2026</p>", ()),
        ("<p>The harbour is open.</p>" * 40 + "<p>This post was written by</p><p>Jane Doe, Editor</p>", ("Jane Doe",)),
        ("<p>The harbour is open.</p>" * 40 + "<p>Jane Doe</p><p>7 January 2026</p>", ()),
    ],
)
def test_bylines_without_any_markup(lines: str, authors: tuple[str, ...]) -> None:
    assert metadata("", f"<h1>Harbour reopens</h1>{lines}").authors == authors


@pytest.mark.parametrize(
    "label",
    ["Fact Check", "Real Estate", "Example Echo Dot", "Middle East", "Vie Locale", "責任編輯", "コラム", "댓글"],
)
@pytest.mark.parametrize("date", ["7 January 2026", "2026年1月7日"])
def test_a_label_beside_a_date_is_no_author(label: str, date: str) -> None:
    for lines in ((label, date), (date, label)):
        body = "".join(f"<p>{line}</p>" for line in lines)
        assert metadata(body=f"<h1>Harbour reopens after storm</h1>{body}").authors == ()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("بقلم: منى حسن", "منى حسن"),
        ("מאת: דנה לוי", "דנה לוי"),
        ("Γράφει η Άννα Παππά", "Άννα Παππά"),
        ("लेखक: आशा शर्मा", "आशा शर्मा"),
        ("โดย สมชาย ใจดี", "สมชาย ใจดี"),
        ("Tác giả: Trần Văn An", "Trần Văn An"),
        ("Piše: Ana Horvat", "Ana Horvat"),
        ("Autorius: Jonas Petraitis", "Jonas Petraitis"),
        ("Автор статті: Олена Коваль", "Олена Коваль"),
        ("記者：陳美麗", "陳美麗"),
        ("김보기 기자", "김보기"),
        ("Jane Doe", "Jane Doe"),
    ],
)
def test_a_labelled_byline_names_the_author(line: str, name: str) -> None:
    body = f"<h1>Harbour reopens after storm</h1><p>{line}</p><p>7 January 2026</p>"
    assert metadata(body=body).authors == (name,)


@pytest.mark.parametrize(
    "text",
    [
        "By this time, the harbour had been closed for a week",
        "By clicking &quot;Submit,&quot; you agree to the rules",
        "von der Planung bis hin zu den Molen",
        "Vorlesen",
        "Front Page",
    ],
)
def test_an_element_for_the_author_that_holds_something_else_names_none(text: str) -> None:
    assert metadata(body=f'<h1>Harbour reopens</h1><div class="author">{text}</div>').authors == ()


@pytest.mark.parametrize("name", ["janedoe", "jane doe", "Example and friends", "Ludwig van Beispiel"])
def test_an_element_for_the_author_may_hold_an_account(name: str) -> None:
    assert metadata(body=f'<h1>Harbour reopens</h1><div class="author">{name}</div>').authors != ()


@pytest.mark.parametrize(("link", "names"), [("by train", ()), ("par avion", ()), ("by jane doe", ("jane doe",))])
def test_a_link_in_the_text_that_begins_like_a_byline_names_nobody(link: str, names: tuple[str, ...]) -> None:
    story = f'<h1>Harbour reopens</h1><p>Those who come <a href="/away">{link}</a> may stay on board until noon.</p>'
    assert metadata(body=story).authors == names


def test_a_river_of_other_stories_behind_the_article_names_no_author() -> None:
    river = "".join(f'<div><i>An hour ago</i> <a rel="author">{name} Roe</a></div>' for name in ("Jane", "Max"))
    story = '<main><article><h1>Harbour reopens</h1><div class="byline">Ada Doe / 3 hours ago</div></article></main>'
    assert metadata(body=story + river).authors == ("Ada Doe",)


def test_an_outlet_beside_persons_and_the_words_of_the_headline_are_no_authors() -> None:
    def authors(*named: Any) -> tuple[str, ...]:
        return metadata(
            json_ld({**ARTICLE, "headline": "Council votes to keep the night buses", "author": list(named)}),
            "<h1>Council votes to keep the night buses</h1>",
        ).authors

    jane = {"@type": "Person", "name": "Jane Doe"}
    assert authors(jane, {"@type": "Organization", "name": "De Voorbeeldbode"}) == ("Jane Doe",)
    assert authors(jane, {"@type": "Organization", "name": "Reuters"}) == ("Jane Doe", "Reuters")
    assert authors({"@type": "Person", "name": "Night Buses Saved In Exampleton"}) == ()
    assert authors({"@type": "Person", "name": "Jane van der Council"}) == ("Jane van der Council",)


def test_links_one_behind_the_other_are_names_of_their_own() -> None:
    body = "<h1>Harbour reopens</h1><div class='byline'><a href='/1'>Jane Doe</a> <a href='/2'>Max Roe</a></div>"
    assert metadata(body=body).authors == ("Jane Doe", "Max Roe")


def test_the_site_in_the_title_is_no_author_beside_another() -> None:
    body = "<h1>Harbour reopens</h1><span class='author'>Text: Jane Doe / Примерские новости</span>"
    assert metadata("<title>Harbour reopens :: Примерские новости</title>", body).authors == ("Jane Doe",)


def test_a_byline_behind_a_date_and_a_bar() -> None:
    assert metadata(
        body="<h1>항구 재개</h1><p>기사입력 2026.02.03 09:10 | 홍길동 기자(hong@example.kr)</p>"
    ).authors == ("홍길동",)


def test_a_dash_behind_a_label() -> None:
    assert metadata(body="<h1>Harbour reopens</h1><p>लेखक - योगेश उदाहरण</p>").authors == ("योगेश उदाहरण",)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("<a href='/vie-locale'>Vie Locale</a> <a href='/monde-rural/'>Monde Rural</a> <time>7/1/2026</time>", ()),
        ("<a href='/category/harbour'>Old Harbour</a>", ()),
        ("<a href='https://example.org/themen/7'>Alter Hafen</a>", ()),
        ("<a href='/s/9'>Порт Города</a>", ()),
        ("<a href='/alter-hafen'>Alter Hafen</a> by Max Roe", ("Max Roe",)),
        ("<a href='/jane-doe'>Jane Doe</a>", ("Jane Doe",)),
        ("<a href='/people/7'>Ophrah Exemplo</a>", ("Ophrah Exemplo",)),
        ("<a href='/1'>Local Government</a> <a href='/2'>Public Transport</a>", ()),
        ("<a href='/[bad'>Ophrah Exemplo</a>", ("Ophrah Exemplo",)),
    ],
)
def test_links_to_sections_in_a_byline_name_nobody(byline: str, authors: tuple[str, ...]) -> None:
    """The address says so, or is what the link says, or stands in a menu of the page."""
    menu = "<nav><a href='/s/9'>Порт Города</a></nav>"
    assert metadata(body=f"{menu}<h1>Harbour reopens</h1><div class='byline'>{byline}</div>").authors == authors


def test_an_element_that_names_an_author_may_link_to_the_name_alone() -> None:
    body = "<h1>Harbour reopens</h1><div class='post-author byline'><a href='/ophrah-exemplo'>Ophrah Exemplo</a></div>"
    assert metadata(body=body).authors == ("Ophrah Exemplo",)


@pytest.mark.parametrize(
    ("stated", "byline", "authors"),
    [
        ("Max Roe", "<p>By Jane Doe</p>", ("Jane Doe",)),
        ("Max Roe", "<p>Von</p><p>Jana Beispiel</p>", ("Jana Beispiel",)),
        ("Max Roe", "<p>Par Jeanne Exemple et Marc Modèle</p>", ("Jeanne Exemple", "Marc Modèle")),
        ("Max Roe", "<p>Por Ana Ejemplo</p>", ("Ana Ejemplo",)),
        ("Max Roe", "<p>By Example Staff</p>", ("Max Roe",)),
        ("Max Roe", "<p>Medically reviewed</p><p>by</p><p>Jane Doe</p>", ("Max Roe",)),
        ("Max Roe", "<p>Photos by Jane Doe</p>", ("Max Roe",)),
        ("Max Roe", "<p>By Maximilian Roe</p>", ("Max Roe",)),
        ("Max Roe", "<p>The harbour is open.</p>" * 8 + "<p>By Jane Doe</p>", ("Max Roe",)),
        ("mroe", "<p class='author'>Jane Doe</p>", ("Jane Doe",)),
        ("Max Roe", "<p class='author'>Jane Doe</p>", ("Max Roe",)),
        ("dpa", "<p class='author'>Jane Doe</p>", ("dpa",)),
    ],
)
def test_the_byline_below_the_headline_names_others_than_the_account(
    stated: str, byline: str, authors: tuple[str, ...]
) -> None:
    head = json_ld({**ARTICLE, "author": {"@type": "Person", "name": stated}})
    assert metadata(head, f"<h1>Harbour reopens after storm</h1>{byline}").authors == authors


@pytest.mark.parametrize("line", ["Dr Jane Doe, Max Roe", "Jane Doe and Max Roe"])
def test_a_line_that_has_the_stated_name_and_others_names_them_all(line: str) -> None:
    head = json_ld({**ARTICLE, "author": {"@type": "Person", "name": "Jane Doe"}})
    assert len(metadata(head, f"<h1>Harbour reopens after storm</h1><p>{line}</p>").authors) == 2
    caption = f"{line} on the quay, from which the first ferry left on Monday. " + "The storm had closed it. " * 8
    assert metadata(head, f"<h1>Harbour reopens after storm</h1><p>{caption}</p>").authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (("By", "Jane Doe", "and Max Roe, Example"), ("Jane Doe", "Max Roe")),
        (("Von", "Jana Beispiel", "und Max Muster"), ("Jana Beispiel", "Max Muster")),
        (("By", "Jane Doe", "and more"), ("Jane Doe",)),
        (("By", "Jane Doe", ", Example Foundation"), ("Jane Doe",)),
    ],
)
def test_a_second_author_on_the_next_line(lines: tuple[str, ...], authors: tuple[str, ...]) -> None:
    body = f"<h1>Harbour reopens after storm</h1>{''.join(f'<p>{line}</p>' for line in lines)}"
    assert metadata(body=body).authors == authors
    assert metadata(json_ld({**ARTICLE, "author": authors[0]}), body).authors == authors


@pytest.mark.parametrize("label", ["Photography by", "Photos by", "Styled by", "Illustrations by", "Fotos von"])
def test_who_took_the_pictures_is_no_author_beside_another(label: str) -> None:
    body = f"<h1>Harbour reopens after storm</h1><p>By</p><p>Jane Doe</p><p>{label}</p><p>Max Roe</p>"
    assert metadata(json_ld(ARTICLE), body).authors == ("Jane Doe",)
    alone = json_ld({**ARTICLE, "author": "Max Roe"})
    assert metadata(alone, f"<h1>Harbour reopens after storm</h1><p>{label}</p><p>Max Roe</p>").authors == ("Max Roe",)
    assert metadata(json_ld(ARTICLE), "<h1>Harbour reopens after storm</h1>").authors == ("Jane Doe", "Max Roe")


def test_a_line_of_which_names_are_a_small_part_names_nobody_else() -> None:
    head = json_ld({**ARTICLE, "author": "Jane Doe"})
    told = "<p>Max Roe, at the helm of the ferry to the islands; Jane Doe, first mate on it since the storm</p>"
    assert metadata(head, f"<h1>Harbour reopens after storm</h1>{told}").authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("owner", "authors"),
    [("Jane Doe", ("Jane Doe",)), ("André Exemple", ("André Exemple",)), ("Example Times", ()), ("Harbour Notes", ())],
)
def test_who_owns_a_site_writes_it_where_nobody_else_is_named(owner: str, authors: tuple[str, ...]) -> None:
    headline = "<h1>Harbour reopens after storm</h1>"
    assert metadata(f"<title>Harbour reopens after storm | {owner}</title>", headline).authors == authors
    assert metadata(body=f"{headline}<p>© 2025 {owner}. All rights reserved.</p>").authors == authors
    assert metadata(body=f"{headline}<p>By Max Roe</p><p>© 2025 {owner}</p>").authors == ("Max Roe",)


def test_a_person_whose_name_is_the_site_is_the_author() -> None:
    head = json_ld({**ARTICLE, "author": "Jane Doe", "publisher": {"@type": "Organization", "name": "Jane Doe"}})
    body = "<h1>Harbour reopens after storm</h1>" + "<p>The ferry is back.</p>" * 9 + "<p>Written by Max Roe</p>"
    assert metadata(head, body).authors == ("Jane Doe",)


@pytest.mark.parametrize("name", ["author", "article:author", "parsely-author", "citation_author"])
def test_meta_tags_of_one_name_name_all_authors(name: str) -> None:
    head = "".join(
        f'<meta name="{name}" content="{who}">' for who in ("Jane Doe", "Our free app", "Max Roe", "Jane Doe")
    )
    assert metadata(head).authors == ("Jane Doe", "Max Roe")


@pytest.mark.parametrize("name", ["citation_author", "dc.creator", "DCTERMS.creator"])
def test_meta_tags_for_libraries_put_the_family_s_name_first(name: str) -> None:
    head = "".join(f'<meta name="{name}" content="{who}">' for who in ("Examplova, Nirina", "Roe, Max T."))
    assert metadata(head).authors == ("Nirina Examplova", "Max T. Roe")


@pytest.mark.parametrize("between", ["", " and ", " und ", ", ", " | "])
def test_elements_one_behind_the_other_name_several_authors(between: str) -> None:
    links = between.join(f"<a rel=author href='/{name}'>{name} Roe</a>" for name in ("Jane", "Max"))
    assert metadata(body=f"<h1>Harbour reopens</h1><p>{links}</p>").authors == ("Jane Roe", "Max Roe")


def test_an_element_far_behind_another_names_no_author() -> None:
    links = " wrote this about a storm, which <a rel=author href='/max'>Max Roe</a> saw".join(
        ["<a rel=author href='/jane'>Jane Roe</a>", ""]
    )
    assert metadata(body=f"<h1>Harbour reopens</h1><p>{links}</p>").authors == ("Jane Roe",)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("<p>Report this post</p><p>Ophrah Exemplo</p><p>Ophrah Exemplo</p>", ("Ophrah Exemplo",)),
        ("<p>Harbour Storm</p><p>Harbour Storm</p>", ()),
        ("<p>The harbour is open.</p>" * 5 + "<p>Ophrah Exemplo</p><p>Ophrah Exemplo</p>", ()),
        ("<p>Ophrah Exemplo</p><p>Exemplo Ophrah</p>", ()),
        ("<p>What the storm did to the quay.</p><p>Jane Doe</p><p>More by her</p>", ("Jane Doe",)),
    ],
)
def test_a_name_right_below_the_headline_signs_with_few_other_signs(lines: str, authors: tuple[str, ...]) -> None:
    assert metadata(body=f"<p>Menu</p><h1>After the Harbour Storm</h1>{lines}").authors == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Jane Doe, dpa", ("Jane Doe",)),
        ("Jane Doe / Example Bay", ("Jane Doe",)),
        ("Jane Doe, à Paris", ("Jane Doe",)),
        ("Example Bay, Harbour", ()),
        ("Jane Doe, who owns the ferry", ()),
    ],
)
def test_a_name_with_a_place_or_an_agency_signs_above_a_date(line: str, authors: tuple[str, ...]) -> None:
    assert metadata(body=f"<h1>Harbour reopens</h1><p>{line}</p><p>7 January 2026</p>").authors == authors


@pytest.mark.parametrize(
    "name",
    ["তানভীর উদাহরণ", "கவிதா உதாரணம்", "თამარ მაგალითი", "Անահիտ Օրինակյան", "ዮናስ ምሳሌ", "วิภาดา ตัวอย่าง", "Példa Zsófia"],
)
def test_a_given_name_of_any_script_signs_above_a_date(name: str) -> None:
    assert metadata(body=f"<h1>Harbour reopens</h1><p>{name}</p><p>7 January 2026</p>").authors == (name,)


@pytest.mark.parametrize(
    "href", ["/a", "/" * 50_000, "/category/" * 20_000, "[" * 50_000, "%" * 50_000, "/ä" * 20_000, ""]
)
def test_hostile_links_in_bylines(href: str) -> None:
    """Many links in one byline, and many bylines of one link each, which share the search of the page's menus."""
    link = f"<a href='{href}'>Ophrah Exemplo</a> "
    few = 2 if len(href) > 100 else 2_000
    for byline in (f"<div class=byline>{link * few}</div>", f"<div class=byline>{link}</div>" * few):
        metadata(body=f"<h1>Harbour reopens</h1><nav>{link * few}</nav>{byline}")
