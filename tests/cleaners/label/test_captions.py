"""Captions that are none, on pages made by hand in several languages and layouts."""

from __future__ import annotations

import pytest

from cleaners import Caption, Label, Page, clean_page

PARAGRAPHS = (
    "The bridge over the Example opened on Friday after four years of work, and pupils crossed it first.",
    "The work cost a fifth more than the council had planned, mostly because the piers had to be replaced.",
    "Shopkeepers on both banks hope that customers who went to the next town for four years will now come back.",
)
LEAD_PICTURE = "<figure><img src='a.jpg'><figcaption>Pupils cross the bridge on Friday.</figcaption></figure>"
OWN = Caption("Pupils cross the bridge on Friday.")


def captions_of(above: str = "", inside: str = "", below: str = "") -> tuple[Caption, ...]:
    """The captions of a story with a picture, with markup above the headline, between its paragraphs, and below."""
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    story = f"<article><h1>Bridge opens</h1>{LEAD_PICTURE}{first}{inside}{''.join(rest)}</article>"
    (article,) = clean_page(Page(f"<title>Bridge opens</title><body>{above}{story}{below}")).articles
    assert article.text.split("\n") == list(PARAGRAPHS)
    return article.captions


CHROME = {
    "menu-de": "<nav><p class='menu caption'>Fotos</p><p class='caption'><a href='/a'>Anzeigen</a></p></nav>",
    "header-it": "<header><div class='photo-caption'>Abbonati</div><p class='caption'>Il tuo profilo</p></header>",
    "footer-en": "<footer><p class='caption'>Terms of Use / Privacy Policy</p><p>About Us | Example Press</p></footer>",
    "footer-es": "<div class='site-footer'><p class='credit caption'>Aviso legal / Política de Privacidad</p></div>",
    "menu-tr": "<div class='main-menu'><div class='caption'><a href='/e'>Ekonomi</a></div></div>",
    "menu-ja": "<nav><div class='caption'>写真特集</div><div class='caption'>お問い合わせ</div></nav>",
    "links-pt": "<ul><li><a href='/x'>Acompanhe no X (Twitter)</a></li><li><a href='/f'>Fotos / Vídeos</a></li></ul>",
    "newsletter-fr": "<div class='newsletter'><figure><img><figcaption>Recevez nos infos</figcaption></figure></div>",
    "teasers-pl": "<ul>"
    + "".join(
        f"<li><figure><a href='/{n}'><img><figcaption>Nowy most {n} otwarty w piątek</figcaption></a></figure></li>"
        for n in range(4)
    )
    + "</ul>",
    "dates-en": "<aside><div class='item'><img><p>Mar 14, 2026 | Local News</p></div></aside>",
}


@pytest.mark.parametrize("chrome", CHROME.values(), ids=CHROME)
def test_a_line_of_a_menu_or_a_footer_is_no_caption(chrome: str) -> None:
    assert captions_of(below=chrome) == (OWN,)
    if "menu" in chrome or "<nav" in chrome or "<header" in chrome:
        assert captions_of(above=chrome) == (OWN,)


IN_FIGURES = {
    "button-sv": "<figure><img><button><span>Visa bilden i helskärm</span></button></figure>",
    "counter": "<figure><img><span>3</span></figure>",
    "length": "<figure><video></video><figcaption>02:14</figcaption></figure>",
    "author-de": "<figure><img><figcaption><address>Von Ida Muster, Redakteurin</address></figcaption></figure>",
    "advertisement": "<figure><figcaption>Advertisement</figcaption></figure>",
    "skip-nb": "<figure><img><a href='#etter'>Hopp over nyhetsbrevet</a></figure>",
    "newsletter-es": "<figure><img><form><p>Lo mejor del día en su correo.</p><button>Enviar</button></form></figure>",
    "unseen-it": "<article><figure><img><figcaption class='visually-hidden'>Il ponte vecchio in dieci fotografie"
    "</figcaption></figure></article>",
}


@pytest.mark.parametrize("figure", IN_FIGURES.values(), ids=IN_FIGURES)
def test_a_button_or_a_counter_of_a_figure_is_no_caption(figure: str) -> None:
    assert captions_of(inside=figure) == (OWN,)


RIGHT = {
    "no-picture-in-the-markup": ("<div class='caption'>Der Pfeiler wird im März abgerissen</div>", None),
    "figure-with-a-footer-class": (
        "<figure><div><img></div><div class='footer_1x'><figcaption>開通した橋を渡る児童</figcaption></div></figure>",
        None,
    ),
    "inside-a-button": ("<figure><button><p class='caption'>Le vieux pont en mai 1962</p></button></figure>", None),
    "a-name": ("<figure><img><figcaption>Ana Example</figcaption></figure>", None),
    "linked-picture": (
        "<figure><a href='b.jpg'><img><figcaption>El puente viejo en mayo</figcaption></a></figure>",
        None,
    ),
    "owned": (
        "<div><img src='a.jpg'><p>▲ 지난 토요일 문을 연 다리 앞에 주민들이 줄을 서 있다. ⓒ솔내신문</p></div>",
        "솔내신문",
    ),
    "signed": ("<p class='caption'>Le vieux pont en mai 1962. Photo : Jeanne Dupont</p>", "Jeanne Dupont"),
}


@pytest.mark.parametrize(("markup", "credit"), RIGHT.values(), ids=RIGHT)
def test_a_caption_in_the_story_stays(markup: str, credit: str | None) -> None:
    lead, found = captions_of(inside=markup)
    assert (lead, found.credit) == (OWN, credit)


def test_a_gallery_below_the_story_keeps_its_captions() -> None:
    texts = [f"The bridge in the {n}th year of the work, seen from the east bank" for n in range(4, 9)]
    items = "".join(f"<div><img><p class='caption'>{text}</p><p>Photo: Jane Doe</p></div>" for text in texts)
    assert [caption.text for caption in captions_of(below=f"<div class='gallery'>{items}</div>")] == [OWN.text, *texts]


def test_what_is_no_caption_is_told_in_the_audit() -> None:
    footer = "<footer><p class='caption'>Terms of Use / Privacy Policy</p></footer>"
    page = f"<article><h1>Bridge opens</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</article>{footer}"
    last = clean_page(Page(page)).blocks[-1]
    assert last.label is not Label.CAPTION
    assert last.verdict.rule == "stray-caption"
    assert last.verdict.first is not None


@pytest.mark.parametrize("depth", [50, 1_500])
def test_nested_boxes_and_many_captions_are_bounded(depth: int) -> None:
    captions = "".join(f"<p class='caption'>Picture {n} of the bridge</p>" for n in range(300))
    page = f"<h1>Bridge</h1><p>{PARAGRAPHS[0]}</p>{'<div>' * depth}{captions}{'</div>' * depth}"
    assert clean_page(Page(page)).blocks


NO_CAPTIONS_INSIDE = {
    "post": "<blockquote class='twitter-tweet'><p class='caption'>What a bridge! pic.example.com/a</p></blockquote>",
    "maker": "<div class='photo-caption'>by Jane Doe Date: 3 May 2026 Source: Example Press</div>",
    "maker-de": "<div class='bildunterschrift'>von Eva Muster Datum: 3. Mai 2026 Quelle: Beispiel</div>",
}


@pytest.mark.parametrize("markup", NO_CAPTIONS_INSIDE.values(), ids=NO_CAPTIONS_INSIDE)
def test_posts_and_lists_of_makers_are_no_captions(markup: str) -> None:
    assert captions_of(inside=f"<div><img src='b.jpg'>{markup}</div>") == (OWN,)


def test_the_teaser_of_a_video_is_no_caption() -> None:
    card = "<div><img src='v.jpg'><div class='caption'><a href='/v'>Mayor opens the bridge</a> <i>2:14</i></div></div>"
    assert captions_of(below=card) == (OWN,)


NAMED = ("img_desc", "photo-description", "didascalia", "bijschrift", "billedtekst", "kuvateksti")


@pytest.mark.parametrize("name", NAMED)
def test_other_class_names_of_captions(name: str) -> None:
    line = f"<div class='pic'><img src='b.jpg'><div class='{name}'>The piers of the old bridge in winter</div></div>"
    assert Caption("The piers of the old bridge in winter") in captions_of(inside=line)


def test_a_dropped_line_that_signs_the_picture_beside_it_is_a_caption() -> None:
    box = (
        "<div class='img'><img src='b.jpg'><div class='t'>Каток в посёлке Верхний Пример. Фото: А. Примеров</div></div>"
    )
    assert Caption("Каток в посёлке Верхний Пример.", "А. Примеров") in captions_of(inside=box)


def test_a_counter_is_no_caption() -> None:
    box = "<div class='gallery'><img src='b.jpg'><div class='caption'>1 / 14</div></div>"
    assert captions_of(inside=box) == (OWN,)


SIGNED = {
    "en": "The old bridge seen from the pier. Photo: Tom Example",
    "sv": "Bron en fredag i mars. Foto: Sven Exempel",
    "ru": "Мост на рассвете. Фото: Глеб Примеров",
    "bg": "Мостът в Примерово. Снимка: БТА",
    "vi": "Cây cầu cũ mở lại. Ảnh: Quốc Bảo",
    "he": "הגשר הישן. צילום: דנה לוי",
    "pl": "Most w niedzielę. Fot. Anna Przykład",
    "zh": "市民走过老桥。李例 摄",
}


@pytest.mark.parametrize("line", SIGNED.values(), ids=SIGNED)
@pytest.mark.parametrize("markup", ["<p><img src='b.jpg'></p><p>{}</p>", "<div><img src='b.jpg'><p>{}</p></div>"])
def test_a_line_that_credits_a_picture_is_no_text_whatever_its_markup(markup: str, line: str) -> None:
    assert len(captions_of(inside=markup.format(line))) == 2


@pytest.mark.parametrize("name", ["author-photo", "author_image"])
def test_the_picture_of_an_author_in_a_story_about_one_has_a_caption(name: str) -> None:
    story = "The novelist wrote nine books in a small house behind the harbour, and all of them are in print again."
    caption = "The novelist Irene Falk at her desk in 1962. Photo: Archive"
    page = (
        f"<article><h1>Nine books</h1><p>{story}</p><p>{story[::-1]}</p><figure class='{name}'><img src='/k.jpg'>"
        "<figcaption>{}</figcaption></figure><p>Her letters are kept in the town library, which will show them in the "
        "spring together with her drawings.</p></article>"
    )
    assert len(clean_page(Page(page.format(caption))).articles[0].captions) == 1
    assert clean_page(Page(page.format("Irene Falk"))).articles[0].captions == ()
