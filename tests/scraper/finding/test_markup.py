"""Feeds and sitemaps as text: encodings, CDATA, comments, references, and what kind of document it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.finding.markup import attributes_of, plain_markup, root_of, text_of, value_of

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_in_every_form_of_unicode_is_read(encoding: str) -> None:
    text = "<urlset><url><loc>https://news.example/größe</loc></url></urlset>"
    assert text_of(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("declared", "word"), [("iso-8859-1", "größe"), ("windows-1251", "мост"), ("Shift_JIS", "港"), ("euc-kr", "다리")]
)
def test_a_declared_encoding_is_used(declared: str, word: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><a>{word}</a>'
    assert text_of(text.encode(declared)) == text
    assert text_of(word.encode(declared), declared) == word


@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0" encoding="UTF-16"?>', "<?xml encoding='latin1'?>"])
def test_valid_utf_8_is_utf_8_whatever_it_says(declaration: str) -> None:
    assert text_of(f"{declaration}é".encode()) == f"{declaration}é"


@pytest.mark.parametrize(("byte", "letter"), [(b"\xe9", "é"), (b"\x96", "–"), (b"\xfc", "ü")])
def test_a_stray_byte_is_read_as_what_was_meant(byte: bytes, letter: str) -> None:
    assert text_of("größe ".encode() + byte + " größe".encode()) == f"größe {letter} größe"


def test_control_characters_are_left_out() -> None:
    text = "The harbour reopened on Friday. " * 20
    assert text_of(text.encode() + b"a\x00\x01b\tc\x1f\nd\x7f") == text + "ab\tc\nd"


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("<a><!-- <b> -- > --></a>", "<a></a>"),
        ("<!DOCTYPE rss [<!ENTITY a '<b>'>]><rss>", "<rss>"),
        ("<!doctype rss SYSTEM 'x'><rss>", "<rss>"),
        ("<?php echo 1 ?><rss>", "<rss>"),
        ("<a><![CDATA[<b> & ]] >]]></a>", "<a>&lt;b&gt; &amp; ]] &gt;</a>"),
        ("<a><![CDATA[]]></a>", "<a></a>"),
        ("<a><![CDATA[x</a><b><![CDATA[y]]></b>", "<a>x</a><b>y</b>"),
        ("<a><![CDATA[x</a>", "<a>x</a>"),
        ("<a><!-- x</a>", "<a> x</a>"),
    ],
)
def test_markup_is_left_with_tags_and_text(markup: str, plain: str) -> None:
    assert plain_markup(markup) == plain


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<rss version='2.0'>", "rss"),
        ("<rdf:RDF xmlns:rdf='x'>", "rdf"),
        ("<atom:feed>", "feed"),
        ("<ns0:urlset>", "urlset"),
        ("<SITEMAPINDEX>", "sitemapindex"),
        ("<br><b>Warning</b>: in /x.php<br><?xml version='1.0'?><urlset>", "urlset"),
        ("<!--" + "licence " * 5_000 + "--><feed>", "feed"),
        ("<!-- <html> --><rss>", "rss"),
        ("<!DOCTYPE html><svg><rss></svg>", "html"),
        ("<html><body><rss>", "html"),
        ("<div><script>'<rss >'</script>", "html"),
        ("<url><loc>", "urlset"),
        ("plain text about rss", ""),
        ("<opml><body>", "html"),
    ],
)
def test_a_document_is_known_by_its_root(text: str, root: str) -> None:
    assert root_of(text) == root


@pytest.mark.parametrize(
    ("markup", "value"),
    [
        ("?a=1&amp;b=2", "?a=1&b=2"),
        ("?a=1&#38;b=2", "?a=1&b=2"),
        ("?a=1&#x26;b=2", "?a=1&b=2"),
        ("?a=1&#038;b=2", "?a=1&b=2"),
        ("?a=1&amp;amp;b=2", "?a=1&b=2"),
        ("?id=1&lang=en&copy=2&times=3&reg=4", "?id=1&lang=en&copy=2&times=3&reg=4"),
        ("?a=1&b", "?a=1&b"),
        ("A&nbsp;B&nosuch;", "A\N{NO-BREAK SPACE}B&nosuch;"),
        ("&#0;&#55296;&#9999999;x", "x"),
        (" <b>x</b>\n", "x"),
        ("5 < 6", "5 < 6"),
    ],
)
def test_references_are_resolved_and_ampersands_kept(markup: str, value: str) -> None:
    assert value_of(markup) == value


def test_attributes_may_be_quoted_or_not() -> None:
    assert attributes_of(" rel=alternate\n href = 'a?b&amp;c' title=\"x > y\" HREF='other' checked/>") == {
        "rel": "alternate",
        "href": "a?b&c",
        "title": "x > y",
    }


PIECES = ["<", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE [", "<?", "&", "&#", "a=", "'", "<a ", "\xe9"]


@pytest.mark.parametrize("piece", PIECES)
def test_pieces_that_never_end_are_read_in_linear_time(piece: str) -> None:
    text = piece * 200_000
    assert len(plain_markup(text)) <= len(text) * 5
    root_of(text)
    value_of(text)
    attributes_of(text)
    text_of(text.encode("latin-1"))


@given(st.lists(st.sampled_from([*PIECES, "x", " ", ">", "amp;", "[", "]"]), max_size=30).map("".join))
def test_any_markup_loses_its_special_sections_and_no_text_before_them(text: str) -> None:
    plain = plain_markup(text)
    assert plain.startswith(text.partition("<")[0])
    assert "<![CDATA[" not in plain


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "punycode", "no-such", "shift_jis"]))
def test_any_bytes_have_a_text(body: bytes, charset: str | None) -> None:
    assert "\x00" not in text_of(body, charset)
