"""Names in bylines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.metadata.contributors import credited_names
from cleaners.metadata.persons import is_person
from cleaners.words.folding import one_line
from cleaners.words.glued_names import unglued
from cleaners.words.name_kinds import has_given_name, is_section
from cleaners.words.name_words import PARTICLES
from cleaners.words.names import find_names
from cleaners.words.shapes import is_name


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("By Jane Doe, Senior Editor, and Max Roe in Berlin | Updated Jan. 7, 2026", ["Jane Doe", "Max Roe"]),
        ("Von Erika Muster und Max Muster", ["Erika Muster", "Max Muster"]),
        ("Ein Kommentar von Erika Muster", ["Erika Muster"]),
        ("Par Jeanne Dupont avec AFP", ["Jeanne Dupont"]),
        ("Par Jeanne Dupont (avec Reuters et AFP)", ["Jeanne Dupont"]),
        ("Erika Muster mit Informationen von epd", ["Erika Muster"]),
        ("Ada Rossi, con informazioni Adnkronos", ["Ada Rossi"]),
        ("Ana Pérez, con información de Europa Press", ["Ana Pérez"]),
        ("Jan Jansen, met medewerking van Belga", ["Jan Jansen"]),
        ("Reuters, Max Roe", ["Reuters", "Max Roe"]),
        ("Jane Doe and news agencies", ["Jane Doe"]),
        ("Jane Doe and AFP staff", ["Jane Doe"]),
        ("Erika Muster mit epd-Material", ["Erika Muster"]),
        ("dpa/AFP", ["dpa/AFP"]),
        ("Jane Doe | Staff Reporter", ["Jane Doe"]),
        ("Por Ana Pérez y Luis Gómez", ["Ana Pérez", "Luis Gómez"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("di Maria Rossi", ["Maria Rossi"]),
        ("Autor: Jan Kowalski", ["Jan Kowalski"]),
        ("Written by: Jane Doe", ["Jane Doe"]),
        ("Jane Doe Editor", ["Jane Doe"]),
        ("Erika Muster Redakteurin", ["Erika Muster"]),
        ("Senior Staff Editor", ["Senior Staff Editor"]),
        ("Jane Doe, Head of Sales and Town Planning", ["Jane Doe"]),
        ("Jane Doe, Head of Sales, and Max Roe", ["Jane Doe", "Max Roe"]),
        ("Jane Doe, Director of Operations, Example Van Lines - 10+ Years on the Road", ["Jane Doe"]),
        ("Jane Doe 1", ["Jane Doe"]),
        ("France 24", ["France 24"]),
        ("98 Example Street", ["98 Example Street"]),
        ("14.8 KB", []),
        ("Example 48513", []),
        ("Jane Example.", ["Jane Example"]),
        ("Max Roe Jr.", ["Max Roe Jr."]),
        ("Jane Doe under", ["Jane Doe"]),
        ("No Author", []),
        ("Super User", []),
        ("Jane Doe, MD, PhD; John Roe, RN", ["Jane Doe", "John Roe"]),
        ("Jane Doe RN", ["Jane Doe"]),
        ("Jane Doe, Max Roe & Eve Poe", ["Jane Doe", "Max Roe", "Eve Poe"]),
        ("By Jane Doe and By Max Roe", ["Jane Doe", "Max Roe"]),
        ("Max Roe, Reuters", ["Max Roe", "Reuters"]),
        ("Max Roe / NTB", ["Max Roe"]),
        ("Max Roe with AP, AFP", ["Max Roe"]),
        ("AFP, MANILA", ["AFP"]),
        ("Von Anna Muster, Frankfurt", ["Anna Muster"]),
        ("dpa/lno", ["dpa/lno"]),
        ("Center for Media Evaluation and Research", ["Center for Media Evaluation and Research"]),
        ("The Example Team", ["The Example Team"]),
        ("Jane Doe Lifestyle Writer 14:00, 28 Apr 2024 | comments", ["Jane Doe"]),
        ("Jane Doe (ExampleSoft)", ["Jane Doe"]),
        ("JD Jane Doe", ["Jane Doe"]),
        ("Jane Doe Jane Doe", ["Jane Doe"]),
        ("Jane Doe, Jane Doe", ["Jane Doe"]),
        ("Jane Doe jane@example.org @janedoe https://example.org/jane", ["Jane Doe"]),
        ("7. Januar 2026 von Erika Muster", ["Erika Muster"]),
        ("Max Muster am 7. Januar 2026", ["Max Muster"]),
        ("By Shelly Moe, DVM . Reviewed by Molly Poe, DVM", ["Shelly Moe"]),
        ("Staff Writer", ["Staff Writer"]),
        ("松岡例子", ["松岡例子"]),
        ("Ярослав Примеров", ["Ярослав Примеров"]),
        ("admin", []),
        ("https://example.org/authors/jane", []),
        ("Ada Roe; Gear Team", ["Ada Roe", "Gear Team"]),
        ("Contributors to Example projects", ["Contributors to Example projects"]),
        ("Von Muster", ["Von Muster"]),
        ("Di Esempio", ["Di Esempio"]),
        ("Ada Roe (avec Léa Un et Jean Deux", ["Ada Roe", "Léa Un", "Jean Deux"]),
        ("Ada Roe WATCH LIVE", ["Ada Roe"]),
        ("Ada Roe @adaroe / 3 hours ago", ["Ada Roe"]),
        ("size", []),
        ("editor", []),
        ("", []),
        ("By", []),
    ],
)
def test_names_in_a_byline(byline: str, names: list[str]) -> None:
    assert list(find_names(byline)) == names


def test_the_outlet_is_left_out_beside_others() -> None:
    assert find_names("Jane Doe, Example Times", outlets=["Example Times"]) == ("Jane Doe",)
    assert find_names("Example Times", outlets=["Example Times"]) == ("Example Times",)


@pytest.mark.parametrize("name", ["Jane Doe", "Christoph von Ritter", "R.C. Baker", "Ana de la Cruz", "Øyvind Ås"])
def test_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("name", ["Example", "the team", "sich reden", "jane doe", "", "One of the best"])
def test_no_persons(name: str) -> None:
    assert not is_person(name)


PIECES = st.sampled_from(
    [
        "By ",
        "von ",
        "Jane Doe",
        "Max Roe",
        ", ",
        " and ",
        " | ",
        "; ",
        "Editor",
        "MD",
        "(x)",
        "2026-01-07",
        " in Berlin",
        "(",
    ]
)
BYLINES = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=10).map("".join))


@given(BYLINES)
def test_a_name_is_made_of_words_of_the_byline_and_comes_once(byline: str) -> None:
    names = find_names(byline)
    assert len(set(names)) == len(names)
    assert all(name.strip() == name and any(map(str.isalpha, name)) for name in names)
    bare = "".join(one_line(byline).split())
    assert all("".join(word.split()) in bare for name in names for word in name.split())


@pytest.mark.parametrize("particle", sorted(PARTICLES))
def test_credits_and_rules_know_every_particle(particle: str) -> None:
    name = f"Jan {particle} Muster"
    assert is_name(name)
    assert credited_names(f"Reporting by {name} and Ana Muster") == [name, "Ana Muster"]


@pytest.mark.parametrize(
    "piece", ["a", "by ", ", ", "and ", "( ", "[", "x@", "/ ", "A.", "Jane Doe, ", "updated ", "\u00ad",
     "Lokalredaktion; ", "x-redaktion", "newsroom", ", Head of A and ", "Local News; ", "Doe Zsófia ", "dpa/",
     "aP", "Published", "JaneDoe", " for A", "and A"],
)  # fmt: skip
def test_hostile_bylines(piece: str) -> None:
    text = piece * 200_000
    find_names(text)
    is_person(text)
    is_section(text)
    has_given_name(text)
    unglued(text)
    find_names(text[:600])


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Eva Muster; Lokalredaktion", ("Eva Muster",)),
        ("Jane Doe and John Roe, Example Times", ("Jane Doe", "John Roe")),
        ("Jane Doe | The Jersey Example", ("Jane Doe",)),
        ("Anna Muster, Neue Muster Zeitung", ("Anna Muster",)),
        ("Jane Doe, The Associated Press", ("Jane Doe", "The Associated Press")),
        ("Example Times", ("Example Times",)),
        ("Kal El", ("Kal El",)),
        ("Sound On", ("Sound On",)),
        ("Jane Doe on 7 May 2026", ("Jane Doe",)),
        ("Jane Doe On May 7, 2026", ("Jane Doe",)),
        ("Von R. R. am 7.5.2026", ("R. R.",)),
        ("By The Example Post Reporter | May 7, 2026", ("The Example Post Reporter",)),
        ("By Jane Doe The Associated Press", ("Jane Doe",)),
        ("Jane Doe Agence France-Presse", ("Jane Doe",)),
        ("The Associated Press", ("The Associated Press",)),
        ("Autorin: Eva Muster, Projektleiterin der Musterstiftung in Tunesien.", ("Eva Muster",)),
        ("Ana Ejemplo, Redacción", ("Ana Ejemplo",)),
        ("Redaktion", ("Redaktion",)),
        ("by Jane Doe Date: 3 May 2026 Source: Example", ("Jane Doe",)),
        ("Di Esempio, Carla", ("Di Esempio",)),
        ("筆者：三浦例（1984年5月6日生まれ）", ("三浦例",)),
    ],
)
def test_offices_labels_and_births_are_no_part_of_names(byline: str, names: tuple[str, ...]) -> None:
    assert find_names(byline) == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Von unserem Redakteur Max Muster", ("Max Muster",)),
        ("Door onze redacteur Jan Voorbeeld", ("Jan Voorbeeld",)),
        ("By our own correspondent Jane Doe", ("Jane Doe",)),
        ("Por nosso correspondente João Exemplo", ("João Exemplo",)),
        ("本报记者 王小明 通讯员 李例", ("王小明", "李例")),
        ("취재 홍길동 · 사진 김하늘", ("홍길동",)),
        ("نویسنده: بهرام نیک\u200cپور", ("بهرام نیک\u200cپور",)),
    ],
)
def test_more_leads_and_labels(byline: str, names: tuple[str, ...]) -> None:
    assert find_names(byline) == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Exclusive by Jane Doe", ("Jane Doe",)),
        ("Guest post by Jane Doe", ("Jane Doe",)),
        ("Deur Jane Doe", ("Jane Doe",)),
        ("Ni Jane Doe", ("Jane Doe",)),
        ("Հեղինակ՝ Անի Պետրոսյան", ("Անի Պետրոսյան",)),
        ("Story by Jane Doe; Photographs by Max Roe", ("Jane Doe",)),
        ("Video by Max Roe", ()),
        ("Текст: Нина Примерова Фото: Иван Петров", ("Нина Примерова",)),
        ("Reporter: Jane Doe Editor: Max Roe", ("Jane Doe",)),
        ("Texto: Jane Doe Fotos: Max Roe", ("Jane Doe",)),
        ("JANE DOE Staff Writer", ("JANE DOE",)),
        ("Doe, Jane", ("Jane Doe",)),
        ("Doe, Jane; Roe, Max T.", ("Jane Doe", "Max T. Roe")),
        ("jane@example.org (Jane Doe)", ("Jane Doe",)),
        ("By Jane Doe/Example Gazette", ("Jane Doe",)),
        ("By Jane Doe/Max Roe", ("Jane Doe", "Max Roe")),
        ("来源：海港日报 作者：王小明", ("王小明",)),
        ("责任编辑：李芳 作者：王小明", ("王小明",)),
        ("[해항일보=홍길동 기자]", ("홍길동",)),
        ("(서울=연합뉴스) 홍길동 기자", ("홍길동",)),
    ],
)
def test_labels_employers_and_family_names_in_front(byline: str, names: tuple[str, ...]) -> None:
    assert find_names(byline) == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("ByJane Doe", ("Jane Doe",)),
        ("By Jane DoePublished: 7 January 2026", ("Jane Doe",)),
        ("Jane DoeJan. 7, 2026", ("Jane Doe",)),
        ("Jane DoeWriter", ("Jane Doe",)),
        ("Jane DoeJane Doe", ("Jane Doe",)),
        ("Jane McMay", ("Jane McMay",)),
        ("Jane DeMarch", ("Jane DeMarch",)),
        ("Jane Doe For Example Times", ("Jane Doe",)),
        ("Institute for Example Studies", ("Institute for Example Studies",)),
        ("Von DPA", ("DPA",)),
        ("and Max Roe", ("Max Roe",)),
    ],
)
def test_names_that_a_dump_has_put_together_with_other_words(byline: str, names: tuple[str, ...]) -> None:
    assert find_names(byline) == names
