"""What a story says about itself: captions, credits, datelines, dates, publisher."""

from __future__ import annotations

import re

import pytest

from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Block, Caption, Dateline, Judged, Label, Story, Verdict
from cleaners.metadata.captions import read_caption, read_captions
from cleaners.metadata.contributors import credited_names
from cleaners.metadata.datelines import dateline_of_byline, find_dateline
from cleaners.metadata.story_facts import read_story_facts
from cleaners.words.agencies import agency_named, agency_spellings

HOSTILE = [
    "A" * 10**6,
    "(" * 10**6,
    "A (" * 300_000,
    "Aa " * 300_000,
    "A, " * 300_000,
    "AP " * 300_000,
    "and " * 300_000,
]


@pytest.mark.parametrize(
    ("line", "text", "credit"),
    [
        ("Skaters on the lake, Monday. (AP Photo/Jane Doe)", "Skaters on the lake, Monday.", "AP Photo/Jane Doe"),
        ("Leaders meet in Rome. ( AP )", "Leaders meet in Rome.", "AP"),
        ("The pier. (Max Muster, Pool photo via AP)", "The pier.", "Max Muster, Pool photo via AP"),
        ("Der neue Bahnhof. Foto: Max Muster/dpa", "Der neue Bahnhof.", "Max Muster/dpa"),
        ("Une rue de Lyon © Exemple / Jean Dupont", "Une rue de Lyon", "Exemple / Jean Dupont"),
        ("Photo: Jane Doe", "", "Jane Doe"),
        ("La organista en su taller.LUCÍA EJEMPLO", "La organista en su taller.", "LUCÍA EJEMPLO"),
        ("The pier at dusk (Image: Jane Doe)", "The pier at dusk", "Jane Doe"),
        ("Delegates of NATO and the EU", "Delegates of NATO and the EU", None),
        ("The chancellor (right) in Oslo", "The chancellor (right) in Oslo", None),
        ("The map (in red: the lost area)", "The map (in red: the lost area)", None),
        ("Photos of the pier by courtesy of a passer-by", "Photos of the pier by courtesy of a passer-by", None),
        ("The mayor spoke to Reuters", "The mayor spoke to Reuters", None),
        ("The mayor (who took the picture of it)", "The mayor (who took the picture of it)", None),
    ],
)
def test_a_caption_and_its_credit(line: str, text: str, credit: str | None) -> None:
    assert read_caption(line) == Caption(text, credit)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("The pier. Photo by Jane Doe/Getty Images", "Jane Doe/Getty Images"),
        ("The pier. (Photo by Jane Doe/AFP via Getty Images)", "Jane Doe/AFP via Getty Images"),
        ("The pier. Photograph: J. Doe/Example Press", "J. Doe/Example Press"),
        ("The pier. Courtesy of Jane Doe", "Jane Doe"),
        ("The pier. REUTERS/Jane Doe", "REUTERS/Jane Doe"),
        ("The pier. Jane Doe / AP", "Jane Doe / AP"),
        ("The pier. [Jane Doe/Example News]", "Jane Doe/Example News"),
        ("The pier. (File photo)", "File photo"),
        ("The pier. AP", "AP"),
        ("Der Hafen. | Bild: picture alliance/dpa", "picture alliance/dpa"),
        ("Der Hafen. Bildrechte: imago", "imago"),
        ("Der Hafen. © Muster/Getty Images", "Muster/Getty Images"),
        ("Le port. Crédit photo : AFP", "AFP"),
        ("Le port. | JEAN EXEMPLE / PRESSE-EXEMPLE", "JEAN EXEMPLE / PRESSE-EXEMPLE"),
        ("El puerto. Imagen: EFE", "EFE"),
        ("El puerto. EFE/Juan Ejemplo", "EFE/Juan Ejemplo"),
        ("Il porto. (foto Ansa)", "Ansa"),
        ("De haven. Foto ANP", "ANP"),
        ("Port. / fot. Adam Przykład", "Adam Przykład"),
        ("Satama. Kuva: Matti Esimerkki / Lehtikuva", "Matti Esimerkki / Lehtikuva"),
        ("Kikötő. Fotó: MTI/Példa János", "MTI/Példa János"),
        ("Порт. Фото: Иван Пример", "Иван Пример"),
        ("Порт. (фото: УНН)", "УНН"),
        ("Liman. Fotoğraf: AA", "AA"),
        ("港。写真：共同", "共同"),
        ("港。（ロイター）", "ロイター"),
        ("항구. ⓒ예시신문", "예시신문"),
        ("항구. /예시신문 제공", "예시신문"),
        ("항구. <사진=예시신문>", "예시신문"),
        ("항구. [사진 제공=예시군청]", "예시군청"),
        ("港。圖／例時報", "例時報"),
        ("港。（記者陳例攝）", "記者陳例"),
        ("გემი. ფოტო: თამარ მაგალითი", "თამარ მაგალითი"),
        ("Ship. Լուսանկարը՝ Անահիտ Օրինակյան", "Անահիտ Օրինակյան"),
        ("Ship. ፎቶ፦ ዮናስ ምሳሌ", "ዮናስ ምሳሌ"),
        ("கப்பல். படம்: கவிதா", "கவிதா"),
        ("Meli. Picha: Asha Mfano", "Asha Mfano"),
        ("Ship. រូបថត៖ ចាន់ ឧទាហរណ៍", "ចាន់ ឧទាហរណ៍"),
        ("Ship. तस्बिर: सरिता उदाहरण", "सरिता उदाहरण"),
        ("Kapal kembali ke pelabuhan. ANTARA FOTO/Budi Contoh", "ANTARA FOTO/Budi Contoh"),
    ],
)
def test_credits_of_many_languages(line: str, credit: str) -> None:
    """The words end at the full stop, and neither the label nor the mark before it is part of either."""
    assert read_caption(line) == Caption(re.split(r"(?<=[.。])", line)[0], credit)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("dpa/Ida Muster", "dpa/Ida Muster"),
        ("Jane Doe via Getty Images", "Jane Doe via Getty Images"),
        ("Ana Ejemplo/Prensa Ejemplo/AFP", "Ana Ejemplo/Prensa Ejemplo/AFP"),
        ("© dpa/Example Wire/J.R. Doe", "dpa/Example Wire/J.R. Doe"),
        ("Illustration: The Example", "The Example"),
        ("Capture d’écran : Exemple TV", "Exemple TV"),
        ("Source: example.org", "example.org"),
        ("Foto: Bild: EX/AFP/IDA MUSTER", "EX/AFP/IDA MUSTER"),
        ("(Example Kitchens)", "Example Kitchens"),
        ("写真：例新聞社", "例新聞社"),
    ],
)
def test_a_line_that_is_a_credit_as_a_whole(line: str, credit: str) -> None:
    assert read_caption(line) == Caption("", credit)


@pytest.mark.parametrize(
    "line",
    ["Ana Example", "The old bridge/new bridge", "Ana Example, 37", "Between Lyon and Paris", "The tower (in red)"],
)
def test_a_line_that_is_no_credit(line: str) -> None:
    assert read_caption(line) == Caption(line)


@pytest.mark.parametrize(
    "piece",
    [
        "A B/",
        "A; ",
        "Source: A.",
        "©A ",
        "(A B",
        "a.b.",
        "a.",
        "A/",
        "A. ",
        "(AP/",
        "Photo: a.b",
        "© ",
        "Foto by A ",
        "A a/",
        "（",
        "<사진=",
        "。/",
        ". ⓒ",
        "사진 제공",
        "、撮影",
    ],
)
def test_hostile_captions(piece: str) -> None:
    for text in (piece * 60, piece * 60 + "!", piece * 100_000 + "!"):
        read_caption(text)


def captions(*lines: str) -> tuple[Caption, ...]:
    return read_captions([Block(line, number) for number, line in enumerate(lines)])


def test_a_caption_printed_again_is_one() -> None:
    assert captions("The pier at dusk", "The pier at dusk.", "The old pier") == (
        Caption("The pier at dusk"),
        Caption("The old pier"),
    )


def test_a_line_below_many_pictures_is_their_source() -> None:
    """And so are the other short lines in such boxes: the makers of the products that a guide shows."""
    makers = ["Example Mugs", "Example Mugs", "Lamps & Co.", "Example Mugs"]
    html = "".join(f"<figure><img><figcaption><p>{maker}</p></figcaption></figure>" for maker in makers)
    named = "<figure><img><figcaption>Ana Example</figcaption></figure>"
    assert read_captions(html_blocks(parse(html + named))) == (Caption("Ana Example"),)


def test_a_credit_stays_with_its_own_picture() -> None:
    html = "<figure><figcaption>The pier</figcaption></figure><figure><figcaption>Jane Doe/EX</figcaption></figure>"
    assert read_captions(html_blocks(parse(html))) == (Caption("The pier"),)


def test_a_caption_whose_brackets_hold_boxes_is_whole() -> None:
    html = "<div><figcaption>The pier at dusk (<div>Image:</div> Jane Doe/Example Press)</figcaption></div>"
    assert read_captions(html_blocks(parse(html))) == (Caption("The pier at dusk", "Jane Doe/Example Press"),)


def test_a_credit_by_itself_belongs_to_the_caption_above() -> None:
    assert captions("Photo: Jane Doe", "The pier at dusk.", "Foto: Max Muster") == (
        Caption("The pier at dusk.", "Max Muster"),
    )


def test_a_line_that_a_figure_sets_in_pieces_is_one() -> None:
    html = "<figure><figcaption>Ferries at dusk <div>(<p>Image:</p><p>Jane Doe)</p></div></figcaption></figure>"
    html += "<figure><figcaption>From left:</figcaption></figure><figure><figcaption>The pier</figcaption></figure>"
    assert read_captions(html_blocks(parse(html))) == (
        Caption("Ferries at dusk", "Jane Doe"),
        Caption("From left:"),
        Caption("The pier"),
    )


def test_a_credit_in_the_same_figure() -> None:
    html = "<figure><img><figcaption><span>The pier at dusk.</span><br><span>Jane Doe</span></figcaption></figure>"
    assert read_captions(html_blocks(parse(html))) == (Caption("The pier at dusk.", "Jane Doe"),)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Example Press writers Jane Doe in Berlin and John Roe in Kyiv contributed.", ["Jane Doe", "John Roe"]),
        ("Associated Press writer Jane Doe in Rome, Italy contributed to this report.", ["Jane Doe"]),
        (
            "(Reporting by Jane Doe in Rome and Ann de la Cruz; Editing by Bo Roe)",
            ["Jane Doe", "Ann de la Cruz", "Bo Roe"],
        ),
        ("Mitarbeit: Erika von Muster", ["Erika von Muster"]),
        ("(mit Material von dpa)", []),
        ("With files from The Canadian Press", []),
    ],
)
def test_contributors(line: str, names: list[str]) -> None:
    assert credited_names(line) == names


@pytest.mark.parametrize(
    ("head", "place", "agency"),
    [
        ("PARIS (AP) — After", "PARIS", "AP"),
        ("NEW YORK (AP) — Wall", "NEW YORK", "AP"),
        ("KYIV, Ukraine (AP) — On", "KYIV, Ukraine", "AP"),
        ("ROME, Jan 7 (Reuters) - A", "ROME", "Reuters"),
        ("BEIJING, Jan. 7 (Xinhua) -- A", "BEIJING", "Xinhua"),
        ("Berlin (dpa) - Der", "Berlin", "dpa"),
        ("Berlin/München (dpa/lby) - Der", "Berlin/München", "dpa"),
        ("Paris, 7 janv 2026 (AFP) - Le", "Paris", "AFP"),
        ("MADRID, 3 (EUROPA PRESS) - El", "MADRID", "EP"),
        ("(ANSA) - ROMA, 07 GEN - Il", "ROMA", "ANSA"),
        ("LONDON — The", "LONDON", None),
        ("KYIV, Ukraine, Jan. 7 — On", "KYIV, Ukraine", None),
        ("BALTIMORE, Maryland — A", "BALTIMORE, Maryland", None),
        ("Paris: Allies said", "Paris", None),
        ("New Delhi: The", "New Delhi", None),
        ("(SEATTLE) — The", "SEATTLE", None),
        ("القاهرة (رويترز) - قال", "القاهرة", "Reuters"),
        ("КИЕВ, 3 ноя — РИА Новости. Мост", "КИЕВ", "РИА Новости"),
        ("МОСКВА, 3 ноября. /ТАСС/. Мост", "МОСКВА", "ТАСС"),
        ("Киев. 3 ноября. УНН. Мост", "Киев", "UNN"),
        ("［東京 10日 ロイター］ - 橋は", "東京", "Reuters"),
        ("【ロンドン＝時事】橋は", "ロンドン", "時事通信"),
        ("（東京＝共同）橋は", "東京", "共同通信"),
        ("【北京共同】橋は", "北京", "共同通信"),
        ("【ワシントン共同】橋は", "ワシントン", "共同通信"),
        ("【カイロ共同＝山田例】橋は", "カイロ", "共同通信"),
        ("SPRINGFIELD, Ill. (AP) — The", "SPRINGFIELD, Ill.", "AP"),
        ("(رويترز) - قال رئيس البلدية:", None, "Reuters"),
        ("【AFP=時事】橋は", None, "時事通信"),
        ("【共同】橋は", None, "共同通信"),
        ("(서울=연합뉴스) 홍보기 기자 = 다리는", "서울", "연합뉴스"),
        ("[서울=뉴시스] 홍보기 기자 = 다리는", "서울", "뉴시스"),
        ("新华社北京10月3日电（记者王样例）桥", "北京", "新华社"),
        ("（中央社記者王樣例台北3日電）橋", "台北", "中央社"),
        ("（中央社東京3日綜合外電報導）橋", "東京", "中央社"),
        ("中新网10月3日电 据", None, "中新社"),
        ("本报北京10月3日电（记者 王样例）桥", "北京", None),
    ],
)
def test_datelines(head: str, place: str | None, agency: str | None) -> None:
    found = find_dateline(f"{head} rest of the paragraph goes on.")
    assert found is not None
    assert found.dateline == Dateline(place, agency)


@pytest.mark.parametrize(
    "head",
    [
        "Reuters: Allies meet",
        "Details: the plan",
        "He told them (AP) — no",
        "The plan is this: we go",
        "U.S. envoys — all",
        "UPDATE – The plan",
        "MAKE THE MOST OF TODAY – and",
        "(UPDATE) — The plan",
        "(AP Photo/Ana Example)",
        "共同開発の橋は",
        "【共同声明】橋は",
        "（共同代表の山田氏は）橋は",
        "本报记者北京10月3日电",
        "这家公司于北京时间10月3日电话会议上",
        "他在上海10月3日电视台",
        "本报讯 昨天",
        "样例体育6月14日讯 昨天",
        "(CNN) -- The plan",
        "Он вернулся 3 ноября. Интерфакс",
    ],
)
def test_no_dateline(head: str) -> None:
    assert find_dateline(head) is None


@pytest.mark.parametrize(
    ("head", "certain"),
    [
        ("PARIS (AP) — After", True),
        ("KYIV, Jan 7 — After", True),
        ("PARIS — After", False),
        ("KYIV, Tuesday — After", False),
        ("LIGHTEN YOUR LOAD – Take", False),
        ("Paris: Allies", False),
    ],
)
def test_a_dateline_is_certain_by_its_agency_or_its_day(head: str, certain: bool) -> None:
    found = find_dateline(head)
    assert found is not None
    assert found.certain is certain


def test_a_byline_may_be_a_dateline() -> None:
    assert dateline_of_byline("Kyiv • UNN") == Dateline("Kyiv", "UNN")
    assert dateline_of_byline("Reuters") is None
    assert dateline_of_byline("Ana Example • Kyiv") is None


def test_agencies() -> None:
    assert agency_named("The Associated Press") == "AP"
    assert agency_named("associated with the press") is None
    for short in ("AP", "Reuters", "AFP", "dpa", "UNN", "PTI", "ANSA", "EFE", "Kyodo", "Xinhua"):
        assert agency_spellings()[short] == short


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:4])
def test_hostile_lines(text: str) -> None:
    """Each reader sees a bounded part of its line; a reader that went over all of it again and again would not end."""
    assert read_caption(text).credit is None
    assert find_dateline(text) is None
    assert len(credited_names(text)) <= 1
    assert dateline_of_byline(text) is None


def story(*blocks: tuple[str, str, str]) -> Story:
    return Story(
        0,
        tuple(
            Judged(Block(text, line), Verdict(Label(label), rule, 0.9))
            for line, (label, rule, text) in enumerate(blocks)
        ),
    )


def test_a_named_date_goes_before_the_clock_of_the_masthead() -> None:
    facts = read_story_facts(
        story(
            ("date", "date-line", "Tuesday, January 06, 2026 | 11:38 PM IST"),
            ("date", "en/date-lead", "First Published: Jan 05 2026 | 11:37 PM IST"),
        )
    )
    assert (facts.date_published, facts.date_modified) == ("2026-01-05T23:37+05:30", None)


def test_a_time_alone_is_of_the_day_of_publication() -> None:
    facts = read_story_facts(story(("date", "any/date-first", "2026-01-07 22:52 Last Updated At:23:00")))
    assert (facts.date_published, facts.date_modified) == ("2026-01-07T22:52", "2026-01-07T23:00")


def test_the_imprint_on_a_date_line() -> None:
    facts = read_story_facts(story(("date", "any/date-first", "date 2026-01-07 Example Times / world")))
    assert (facts.publisher, facts.section) == ("Example Times", "world")


def test_the_masthead_is_the_one_line_that_nothing_else_explains() -> None:
    one = ("navigation", "masthead", "Example Times")
    assert read_story_facts(story(one)).publisher == "Example Times"
    assert read_story_facts(story(one, ("navigation", "masthead", "Premium Offers"))).publisher is None


def test_an_agency_that_signs_with_a_place_publishes() -> None:
    facts = read_story_facts(story(("byline", "agency-line", "Kyiv • UNN"), ("byline", "name-line", "Ana Example")))
    assert (facts.publisher, facts.dateline, facts.authors) == ("UNN", Dateline("Kyiv", "UNN"), ("Ana Example",))
