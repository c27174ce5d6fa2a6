from __future__ import annotations

import zipfile
from io import BytesIO
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaners.decoding.binaries import SIGNATURES
from cleaners.decoding.encodings import decode
from cleaners.decoding.markup_detection import guess_kind
from cleaners.errors import CopydeskError, NotText

GERMAN = "Die Bürger der Stadt haben über die neue Brücke abgestimmt. „Größere Änderungen“ sind möglich, hieß es.\n"
FRENCH = "Le maire a déclaré que la réforme sera adoptée après l'été, malgré l'opposition de plusieurs élus.\n"
RUSSIAN = "Мэр города заявил, что переговоры о новом мосте продолжатся на следующей неделе.\n"
CZECH = "Starosta řekl, že jednání o novém mostě budou pokračovat příští týden. Žádné změny nejsou plánovány.\n"
GREEK = "Ο δήμαρχος δήλωσε ότι οι συνομιλίες για τη γέφυρα θα συνεχιστούν την επόμενη εβδομάδα.\n"
ARABIC = "قال رئيس البلدية إن المحادثات بشأن الجسر الجديد ستستمر الأسبوع المقبل\n"
CHINESE = "市长星期二在记者会上表示,关于新桥的谈判将在下周继续进行。\n"
JAPANESE = "市長は火曜日の記者会見で、新しい橋についての協議を来週も続けると述べた。\n"
KOREAN = "시장은 화요일 기자회견에서 새 다리에 대한 협상을 다음 주에도 계속하겠다고 밝혔다.\n"

ALL = [GERMAN, FRENCH, RUSSIAN, CZECH, GREEK, ARABIC, CHINESE, JAPANESE, KOREAN]


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decode((text * 20).encode(encoding)) == text * 20


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-32-be"])
def test_big_endian_marks(encoding: str) -> None:
    assert decode(("\ufeff" + GERMAN).encode(encoding)) == GERMAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (FRENCH, "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (CZECH, "cp1250"),
        (CZECH, "iso-8859-2"),
        (GREEK, "cp1253"),
        (ARABIC, "cp1256"),
        (CHINESE, "gbk"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (JAPANESE, "iso2022_jp"),
        (KOREAN, "euc-kr"),
    ],
)
def test_legacy_encodings_that_nobody_declared(text: str, encoding: str) -> None:
    assert decode((text * 3).encode(encoding)) == text * 3


def test_one_odd_byte_far_down_a_long_ascii_page() -> None:
    text = "The council met on Tuesday and voted for the bridge.\n" * 20_000
    assert decode((text + "The café stays.").encode("latin-1")) == text + "The café stays."


def test_the_transport_is_believed_before_the_page() -> None:
    page = '<meta charset="windows-1251"><p>Größe</p>'
    assert decode(page.encode("cp1250"), charset="windows-1250") == page


@pytest.mark.parametrize("label", ["windows-1251", "WINDOWS-1251", " cp1251 ", "x-cp1251"])
def test_the_pages_own_declaration(label: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label.strip()}"></head><p>Да</p>'
    assert decode(page.encode("cp1251")) == page


def test_a_dump_that_mentions_a_declaration_is_not_held_to_it() -> None:
    dump = 'Write <meta charset="koi8-r"> into the head.\n' + GERMAN
    assert decode(dump.encode("cp1252"), kind="text") == dump


@pytest.mark.parametrize("label", ["utf-8", "utf-16", "unicode_escape", "punycode", "base64", "idna", "no-such", "\0"])
def test_a_declaration_that_cannot_be_meant_is_passed_over(label: str) -> None:
    assert decode(FRENCH.encode("latin-1"), charset=label) == FRENCH


def test_valid_utf8_wins_over_what_is_declared() -> None:
    page = '<meta charset="iso-8859-1">' + GERMAN
    assert decode(page.encode(), charset="latin-1") == page


def test_web_labels_stand_for_the_larger_encoding() -> None:
    assert decode("“quoted” – and so on".encode("cp1252"), charset="iso-8859-1") == "“quoted” – and so on"


def test_broken_utf8_keeps_its_sound_characters() -> None:
    broken = GERMAN.encode() + b"cut \xc3 here, \xff there\n" + GERMAN.encode()
    assert decode(broken) == GERMAN + "cut � here, � there\n" + GERMAN


def test_a_page_that_was_broken_before_is_still_utf8() -> None:
    assert decode("� � � � � für Köln ".encode() + b"\xc3") == "� � � � � für Köln �"


def test_nul_bytes_become_replacement_characters() -> None:
    assert decode(b"The bridge \0 stays.") == "The bridge \ufffd stays."
    assert decode("Die Br\0ücke ".encode("latin-1") * 9) == "Die Br\ufffdücke " * 9
    assert decode("\ufeffBr\0ücke".encode("utf-16-le")) == "Br\ufffdücke"


def test_nothing_is_text_too() -> None:
    assert decode(b"") == ""
    assert decode(b"\xef\xbb\xbf") == ""


@pytest.mark.parametrize(("signature", "what"), [(signature, what) for signature, what, _ in SIGNATURES])
def test_known_binaries_are_refused_by_name(signature: bytes, what: str) -> None:
    with pytest.raises(NotText, match=r"not text: ") as caught:
        decode(signature + bytes(range(256)) * 8)
    assert str(caught.value).startswith(f"This is {what}, ")
    assert isinstance(caught.value, CopydeskError)


def test_a_sentence_that_starts_like_a_binary_is_text() -> None:
    assert decode(b"RIFF is a container format, and PAR1 is not.").startswith("RIFF")


def test_an_office_document_names_a_way_out() -> None:
    document = BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    with pytest.raises(NotText, match=r"docx.*save it as HTML or plain text"):
        decode(document.getvalue())


@pytest.mark.parametrize("size", [600, 5_000, 500_000])
def test_unknown_binaries_are_refused(size: int) -> None:
    noise = b"".join(((number * 2654435761) % 2**32).to_bytes(4, "little") for number in range(size // 4))
    with pytest.raises(NotText, match=r"binary data, not text: \d+% of its bytes"):
        decode(noise)
    with pytest.raises(NotText, match="binary data"):
        decode(b"\0" * size)


@given(st.binary(max_size=400), st.none() | st.text(max_size=12))
@example(b"\xaa\x81", None)
def test_any_bytes_give_text_or_a_reason(content: bytes, charset: str | None) -> None:
    try:
        text = decode(content, charset)
    except NotText as refusal:
        text = str(refusal)
    assert text or not content.strip(b"\xef\xbb\xbf\xff\xfe\0")
    assert "\0" not in text
    text.encode()  # no half of a surrogate pair


def _is_printable(char: str) -> bool:
    return category(char)[0] != "C"


@given(st.text(st.characters(codec="utf-8").filter(_is_printable)))
def test_what_was_written_as_utf8_comes_back(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text
    if not any(text.encode().startswith(signature) for signature, *_ in SIGNATURES):
        assert decode(text.encode()) == text


@given(st.text(st.characters(codec="utf-8").filter(_is_printable)))
def test_what_was_written_as_marked_utf16_comes_back(text: str) -> None:
    assert decode(text.encode("utf-16")) == text


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><title>x</title>",
        "\n\n  <html lang='en'>",
        '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>',
        "<!-- saved -->\n<BODY>",
        "<p>One paragraph.</p>",
        "<div class=a><span>One</span></div>",
        "</div><p>torn out</p>",
        "A torn head <p>" + "word " * 60 + "</p><p>" + "word " * 60 + "</p>",
    ],
)
def test_html(page: str) -> None:
    assert guess_kind(page) == "html"


@pytest.mark.parametrize(
    "page",
    [
        "",
        " \n",
        "The mayor spoke.\n\nThe council voted.",
        "Browsers close an open <p> at the next <div> or <table>, and </p> alone makes an empty one. " + "word " * 800,
        "<3 the bridge",
        "<unk> said the model",
        "<mayor@example.org> wrote:",
        "a < b > c",
        "Write <html> first.",
    ],
)
def test_text(page: str) -> None:
    assert guess_kind(page) == "text"


@pytest.mark.parametrize("hostile", ["<p" * 10**6, "<" * 10**6, "< p" * 10**6, "<!--" * 10**6, " " * 10**7])
def test_hostile_text_gets_an_answer(hostile: str) -> None:
    assert guess_kind(hostile) in ("html", "text")


DECLARED = [
    (CHINESE, "gbk"),
    (CHINESE.replace("星", "壹"), "gb18030"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc-jp"),
    (JAPANESE, "iso-2022-jp"),
    (KOREAN, "euc-kr"),
    ("市長表示,新橋的談判將在下週繼續進行。\n", "big5"),
    (RUSSIAN, "windows-1251"),
    (GREEK, "windows-1253"),
    ("ראש העיר אמר כי השיחות על הגשר יימשכו בשבוע הבא.\n", "windows-1255"),
]


@pytest.mark.parametrize("stray", [b"\x80", b"\x98", b"\xff", b"\xd2\xff"])
@pytest.mark.parametrize(("text", "encoding"), DECLARED, ids=[encoding for _, encoding in DECLARED])
def test_a_stray_byte_costs_one_line_of_a_declared_encoding(text: str, encoding: str, stray: bytes) -> None:
    lines = text.encode(encoding) * 9
    page = lines + stray + lines
    assert decode(page, charset=encoding).count(text.strip()) >= 17
    head = f'<meta charset="{encoding}">\n'.encode()
    assert decode(head + page, kind="html").count(text.strip()) >= 17


@pytest.mark.parametrize(("text", "encoding"), DECLARED, ids=[encoding for _, encoding in DECLARED])
def test_a_page_cut_off_inside_a_character(text: str, encoding: str) -> None:
    page = (text.strip() * 5).encode(encoding)[:-1]
    assert decode(page, charset=encoding).startswith(text.strip() * 4)


def test_a_wrong_declaration_is_not_believed_for_the_bytes_that_it_decodes() -> None:
    assert decode((JAPANESE * 3).encode("shift_jis"), charset="euc-jp") == JAPANESE * 3
    assert decode((JAPANESE * 3).encode("shift_jis"), charset="iso-8859-1") == JAPANESE * 3


UNDECLARED = {
    "gbk": "港口的旧灯塔昨天重新点亮，守塔人爬上两百级台阶，亲手修剪了灯芯。",
    "big5": "港口的舊燈塔昨天重新點亮，守塔人爬上兩百級臺階，親手修剪了燈芯。",
    "shift_jis": "港の古い灯台にきのう再び火がともり、灯台守が二百段の階段を上って芯を整えた。",
    "euc_kr": "항구의 오래된 등대가 어제 다시 켜졌고 등대지기가 이백 계단을 올라 심지를 다듬었다.",
    "cp1251": "Старый маяк в порту вчера снова зажгли, и смотритель поднялся на двести ступеней.",
    "cp874": "ประภาคารเก่าที่ท่าเรือสว่างอีกครั้งเมื่อวานนี้ คนเฝ้าเดินขึ้นบันไดสองร้อยขั้น",
    "iso8859_7": "Ο παλιός φάρος στο λιμάνι άναψε ξανά χθες και ο φύλακας ανέβηκε διακόσια σκαλιά.",
}


@pytest.mark.parametrize(("encoding", "line"), UNDECLARED.items(), ids=UNDECLARED)
def test_a_stray_byte_does_not_spoil_the_guess_of_an_undeclared_encoding(encoding: str, line: str) -> None:
    page = b"<h1>" + line.encode(encoding) + b"</h1>" + b"<p>" + line.encode(encoding) * 3 + b"</p>"
    assert decode(page * 3 + b"<p>\xff</p>" + page).count(line) == 16


@pytest.mark.parametrize(("encoding", "line"), UNDECLARED.items(), ids=UNDECLARED)
def test_the_default_charset_of_a_server_is_not_believed_for_other_scripts(encoding: str, line: str) -> None:
    page = f"<h1>{line}</h1><p>{line * 3}</p>".encode(encoding)
    assert decode(page, charset="iso-8859-1").count(line) == 4
    assert decode(b'<meta charset="iso-8859-1">' + page).count(line) == 4


def test_the_default_charset_of_a_server_gives_way_to_what_the_page_declares() -> None:
    page = f'<meta charset="windows-1251"><p>{UNDECLARED["cp1251"]}</p>'.encode("cp1251")
    assert UNDECLARED["cp1251"] in decode(page, charset="iso-8859-1")
