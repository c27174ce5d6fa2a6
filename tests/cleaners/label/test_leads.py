from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.data import Label, Verdict
from cleaners.label.bare_links import bare_link, introduced_link
from cleaners.label.leads import find_lead, leads, read_also
from tests.support.scored_pages import kept, passage_of

PARAGRAPHS = (
    "The bridge over the Example opened on Friday after four years of work, and pupils crossed it first.",
    "The work cost a fifth more than the council had planned, mostly because the piers had to be replaced.",
    "Shopkeepers on both banks hope that customers who went to the next town for four years will now come back.",
)
TEASERS = (
    "Les også: <a href='/a'>Slik blir den nye broen</a>",
    "<a href='/a'>Czytaj też: Tak będzie wyglądał nowy most</a>",
    "Διαβάστε επίσης <a href='/a'>Πώς θα είναι η νέα γέφυρα</a>",
    "<strong>यह भी पढ़ें: </strong><a href='/a'>नया पुल कैसा होगा</a>",
    "Baca juga » <a href='/a'>Seperti apa jembatan baru itu</a>",
    "延伸閱讀：<a href='/a'>新橋會是什麼樣子</a>",
    "► Прочетете още: <a href='/a'>Как ще изглежда новият мост</a>",
    "<em>Relire notre enquête de 2024 : <a href='/a'>À quoi ressemblera le nouveau pont</a></em>",
    "اقرأ أيضًا: <a href='/a'>هكذا سيكون الجسر الجديد</a>",
)


def text_of(inserted: str) -> list[str]:
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = f"<title>Bridge opens</title><article><h1>Bridge opens</h1>{first}{inserted}{''.join(rest)}</article>"
    (article,) = clean_page(Page(html)).articles
    return article.text.split("\n")


@pytest.mark.parametrize("teaser", TEASERS)
def test_a_lead_and_a_link_between_paragraphs(teaser: str) -> None:
    assert text_of(f"<p>{teaser}</p>") == list(PARAGRAPHS)


def test_a_lead_alone_takes_the_links_below_it() -> None:
    links = "".join(f"<li><a href='/{n}'>How bridge number {n} was built in nine months</a></li>" for n in range(3))
    assert text_of(f"<p><b>Lue myös:</b></p><ul>{links}</ul>") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "sentence",
    [
        "Read more than one book a week, said the <a href='/a'>librarian</a> who lives beside the new bridge.",
        "Related parties paid the fee, as a <a href='/a'>report</a> of the auditors said when the bridge was planned.",
        "Lue myös on suomea, sanoi <a href='/a'>opettaja</a>, joka asuu sillan vieressä vanhassa kaupungissa yhä.",
    ],
)
def test_sentences_that_begin_as_a_lead_does_stay(sentence: str) -> None:
    assert len(text_of(f"<p>{sentence}</p>")) == len(PARAGRAPHS) + 1


@pytest.mark.parametrize("line", ["Lestu einnig: Svona verður nýja brúin", "Läs också: Så blir den nya bron"])
def test_a_lead_and_a_colon_in_a_dump(line: str) -> None:
    dump = "\n".join(["Bridge opens after four years of work", PARAGRAPHS[0], line, *PARAGRAPHS[1:]])
    (article,) = clean_page(Page(dump, kind="text")).articles
    assert article.text.split("\n") == list(PARAGRAPHS)


UNLINKED = (
    "Read next: How the ferry will run from now on",
    "LISEZ AUSSI – Le bac changera d'horaires",
    "Das könnte Sie auch interessieren: So fährt die Fähre künftig",
    "Ti potrebbe interessare anche: Come cambia il traghetto",
    "Více k tématu: Jak bude jezdit přívoz",
    "İlgili haberler: Feribot seferleri değişiyor",
    "Вас может заинтересовать: Как теперь будет ходить паром",
    "אולי יעניין אתכם: כך תפעל המעבורת",
    "در همین زمینه: برنامه تازه قایق‌ها",
    "同場加映：渡輪班次調整一覽",
    "次に読む：渡し船の時刻が変わる",
    "연관기사: 나룻배 시간표 바뀐다",
    "Կարդացեք ավելին՝ Լաստանավի նոր ժամերը",
    "በተጨማሪ ያንብቡ፡ የጀልባው አዲስ ሰዓት",
)


@pytest.mark.parametrize("line", UNLINKED)
def test_a_lead_and_a_headline_without_a_link(line: str) -> None:
    assert text_of(f"<p><b>{line}</b></p>") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lesetipp: Der Rat bezahlt auch die neuen Lampen an beiden Ufern des Flusses.",
        "見よ、関連記事の束：橋はまだそこにある。",
        "To read next to the river is her plan: a bench, a book and the new bridge",
    ],
)
def test_sentences_with_a_colon_stay(sentence: str) -> None:
    assert sentence in text_of(f"<p>{sentence}</p>")


@pytest.mark.parametrize("line", ["Pročitajte više: Novi raspored trajekta", "もっと読む：渡し船の時刻"])
def test_a_dump_goes_on_below_such_a_line(line: str) -> None:
    dump = "\n".join(
        ["Paper", "Home", "Sport", "Bridge opens to all", *PARAGRAPHS[:2], line, PARAGRAPHS[2], "It was late."]
    )
    (article,) = clean_page(Page(dump, kind="text")).articles
    assert article.text.split("\n") == [*PARAGRAPHS, "It was late."]


def test_leads_are_there_for_many_languages() -> None:
    assert len(leads()) > 300
    assert all(find_lead(lead) and find_lead(f"• {lead.capitalize()}: x") for lead in leads())


@given(st.text(max_size=200))
def test_any_text_may_be_searched(text: str) -> None:
    lead = find_lead(text)
    assert lead is None or lead.start() == 0


def test_hostile_lines() -> None:
    for piece in ("read also ", "::::", "►" * 50, "_" * 50, "read"):
        find_lead(piece * 100_000)


BARE_LINKS = {
    "de": "<p><a href='/stadt/a'>Stadtrat verschiebt Abstimmung über Hafentunnel</a></p>",
    "es-capitals": "<p><strong><a href='/b'>EL AYUNTAMIENTO APLAZA EL VOTO SOBRE EL TÚNEL</a></strong></p>",
    "pl-two": "<p><a href='/c'>Rada odkłada to głosowanie</a></p><p><a href='/d'>Prom wraca na rzekę w maju</a></p>",
    "ru-arrow": "<p>► <a href='/e'>Совет снова отложил голосование по тоннелю</a></p>",
    "ja": "<p><a href='/f'>市議会、港トンネルの採決を再び延期</a></p>",
    "en-own-host": "<p><a href='https://news.example/g'>Council delays vote on harbour tunnel again</a></p>",
}


@pytest.mark.parametrize("link", BARE_LINKS.values(), ids=BARE_LINKS)
def test_a_line_between_paragraphs_that_is_one_link_teases_another_story(link: str) -> None:
    assert text_of(link) == list(PARAGRAPHS)


def test_a_link_that_ends_a_sentence_or_heads_a_part_stays() -> None:
    sentence = "The council published all letters of the residents on Monday."
    assert sentence in text_of(f"<p><a href='/letters'>{sentence}</a></p>")
    assert "The new bridge and its four piers" in text_of("<h2><a href='/b'>The new bridge and its four piers</a></h2>")


def test_a_round_up_of_links_stays() -> None:
    lines = [f"Bridge number {n} in the valley opens to traffic" for n in range(9)]
    links = "".join(f"<p><a href='/{n}'>{line}</a></p>" for n, line in enumerate(lines))
    assert kept(bare_link, passage_of(f"<p>{PARAGRAPHS[0]}</p>{links}<p>{PARAGRAPHS[1]}</p>", "menu"))[1:-1] == lines


@pytest.mark.parametrize("items", [1, 3])
def test_a_list_of_one_link_teases_another_story(items: int) -> None:
    line = "The old bridge in the valley opens to traffic"
    links = f"<ul>{f'<li><a href=/a>{line}</a></li>' * items}</ul>"
    found = kept(bare_link, passage_of(f"<p>{PARAGRAPHS[0]}</p>{links}<p>{PARAGRAPHS[1]}</p>", "menu"))
    assert found.count(line) == (0 if items == 1 else items)


def test_a_link_to_another_site_stays() -> None:
    menu = "".join(f"<li><a href='https://news.example/{n}'>Section {n}</a></li>" for n in range(5))
    link = "<p><a href='https://shop.example/boat'>The Example boat in red with two oars</a></p>"
    body = f"<p>{PARAGRAPHS[0]}</p>{link}<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"
    (article,) = clean_page(Page(f"<nav><ul>{menu}</ul></nav><article><h1>Bridge opens</h1>{body}</article>")).articles
    assert "The Example boat in red with two oars" in article.text


@pytest.mark.parametrize(
    "sentence",
    [
        "Related companies share one thing: <a href='/r'>they all hold a share of the yard beside the bridge</a>",
        "Read more slowly, she tells her pupils: <a href='/r'>“Haste is a thief of pages and of bridges”</a>",
        "Relire les comptes réserve une surprise : <a href='/r'>le pont avait déjà coûté deux fois son prix</a>",
        "Relire les comptes de 2019 : <a href='https://archives.example/1'>Le pont a coûté deux fois son prix</a>",
    ],
)
def test_what_a_sentence_says_behind_its_colon_may_be_a_link(sentence: str) -> None:
    menu = "".join(f"<p><a href='https://news.example/{n}'>MENU {n}</a></p>" for n in range(3))
    page = passage_of(f"{menu}<p>{PARAGRAPHS[0]}</p><p>{sentence}</p><p>{PARAGRAPHS[1]}</p>", "MENU")
    assert len(kept(read_also, page)) == 3


LINK = "<ul><li><a href='/report.pdf'>LINK: report on the piers, 41 pages</a></li></ul>"


def link_below(introduction: str, confidence: float) -> bool:
    html = f"<p>{PARAGRAPHS[0]}</p><p>{introduction}</p>{LINK}<p>{PARAGRAPHS[1]}</p>"
    page = passage_of(html, "LINK", Verdict(Label.NAVIGATION, "scorer", confidence))
    return any(line.startswith("LINK") for line in kept(introduced_link, page))


def test_a_link_that_the_story_introduces_is_text_where_the_scorer_can_hardly_decide() -> None:
    assert link_below("The council published its report on Monday:", 0.3)
    assert link_below("Der Rat hat seinen Bericht am Montag veröffentlicht:", 0.3)
    assert not link_below("The council published its report on Monday:", 0.6)
    assert not link_below("The council published its report on Monday.", 0.3)
    assert not link_below("Read also:", 0.3)
    assert not link_below("Lesen Sie auch in unserer Reihe:", 0.3)


def test_a_link_that_a_long_sentence_introduces_teases_nothing() -> None:
    introduction = PARAGRAPHS[1].removesuffix(".")
    for end, stays in ((":", True), (".", False)):
        page = passage_of(f"<p>{PARAGRAPHS[0]}</p><p>{introduction}{end}</p>{LINK}<p>{PARAGRAPHS[2]}</p>", "menu")
        assert any(line.startswith("LINK") for line in kept(bare_link, page)) is stays
