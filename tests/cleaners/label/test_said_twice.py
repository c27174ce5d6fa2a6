"""What a page says twice is kept once; what only resembles something else is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Block, Label, Verdict
from cleaners.label import said_twice as module
from cleaners.label.neighbours import NeighbourRule, revise
from cleaners.label.passage import Passage, read_passage
from cleaners.label.said_twice import pull_quote, pull_quote_line, repeated, said_twice, second_version
from cleaners.words.shapes import shape

STORIES = {
    "de": (
        "Die Gemeinde schließt das Freibad am Mühlteich nach einem Beschluss vom Montag für zwei ganze Jahre.",
        "Der Beton der Becken ist gerissen.",
        "Zur Debatte stand auch ein Neubau, den aber niemand im Rat für bezahlbar und für nötig hielt.",
    ),
    "ja": (
        "市議会は火曜日の夜、旧港道路への大型トラックの夜間通行を禁止した。",
        "住民は壁のひび割れを訴えてきた。",
        "運送業者は迂回路では一回の走行が十一キロ長くなると警告している。",
    ),
    "ar": (
        "أعلنت بلدية المدينة إغلاق الجسر القديم أمام الشاحنات لمدة ستة أشهر بعد شكاوى متكررة من السكان.",
        "وسيبدأ التنفيذ في مارس.",
        "وحذر أصحاب شركات النقل من أن الطريق البديل يزيد أحد عشر كيلومترا على كل رحلة.",
    ),
    "th": (
        "สภาเมืองลงมติให้ปิดถนนท่าเรือเก่าไม่ให้รถบรรทุกผ่านในเวลากลางคืน",
        "ชาวบ้านร้องเรียนเรื่องเสียงดัง",
        "ผู้ประกอบการขนส่งเตือนว่าเส้นทางอ้อมจะยาวขึ้นสิบเอ็ดกิโลเมตร",
    ),
}
LETTERS = [
    line
    for name, day, room in (("Mrs Oakes", "Monday", "12"), ("Mr Lund", "Tuesday", "14"), ("Ms Faber", "Friday", "9"))
    for line in (
        f"Dear {name},",
        f"we are writing to tell you that the school will be closed on {day}, while engineers inspect the roof above"
        f" room {room}, in which your child has most of its lessons during this term and the next.",
        "Yours faithfully",
    )
]


def kept(texts: Sequence[str]) -> list[bool]:
    return [True] * len(texts)


@pytest.mark.parametrize("language", STORIES)
def test_the_second_version_of_a_story_is_found_in_any_script(language: str) -> None:
    story = STORIES[language]
    assert repeated([*story, *story], kept([*story, *story])) == [3, 4, 5]


def test_a_second_version_may_lack_a_line_and_have_one_more() -> None:
    first = STORIES["de"]
    texts = [*first, first[0], "Anzeige", first[2]]
    assert repeated(texts, kept(texts)) == [3, 5]


def test_a_version_is_the_second_one_only_if_the_first_is_kept() -> None:
    story = STORIES["de"]
    assert repeated([*story, *story], [False] * 3 + [True] * 3) == []


def test_letters_that_resemble_each_other_are_kept() -> None:
    assert repeated(LETTERS, kept(LETTERS)) == []


@pytest.mark.parametrize("verses", [4, 7])
def test_a_refrain_is_kept(verses: int) -> None:
    song = [line for number in range(verses) for line in (f"Verse {number} of the boat", "and home", "o bring me home")]
    assert repeated(song, kept(song)) == []


def test_a_long_paragraph_counts_only_if_each_of_its_words_is_said_again() -> None:
    paragraph = " ".join(f"word{number}" for number in range(40))
    assert repeated([paragraph, paragraph], kept("12")) == [1]
    assert repeated([paragraph, paragraph.replace("word20", "another")], kept("12")) == []
    halves = [" ".join(paragraph.split()[:30]), " ".join(paragraph.split()[10:])]
    assert repeated([*halves, paragraph], kept("123")) == [2]


@given(st.lists(st.sampled_from("abcdef"), max_size=30))
def test_something_of_everything_stays(texts: list[str]) -> None:
    again = second_version(texts, kept(texts))
    assert {text for index, text in enumerate(texts) if index not in again} == set(texts)


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=5, max_size=12), max_size=6))
def test_no_text_that_others_hold_is_missed_by_a_look_at_its_words(texts: list[list[str]]) -> None:
    pairs = [{f"{one} {other}" for one, other in pairwise(words)} for words in texts]
    if module._hold_alike([set(map(hash, own)) for own in pairs]):
        assert module._may_hold_alike(texts)


def test_texts_that_share_few_words_are_not_compared_pair_by_pair() -> None:
    assert not module._may_hold_alike(["a b c d e f g h".split(), "a b i j k l m n".split()])


def html_passage(html: str) -> Passage:
    blocks = html_blocks(parse(html))
    return Passage(blocks, [shape(block.text) for block in blocks], [Verdict(Label.BODY, "scorer", 0.9)] * len(blocks))


def dropped(rule: NeighbourRule, passage: Passage) -> list[str]:
    verdicts = revise(passage, [rule]).verdicts
    return [
        block.text for block, verdict in zip(passage.blocks, verdicts, strict=True) if verdict.label is Label.RELATED
    ]


QUOTES = {
    "blockquote": "<p>She said: “We waited long for a quiet night.”</p><blockquote>{}</blockquote>",
    "class": "<p>She said: “We waited long for a quiet night.”</p><div class='article__pull-quote'><p>{}</p></div>",
    "aside": "<aside>{}</aside><p>She said: “We waited long for a quiet night,” and sat down.</p>",
}


@pytest.mark.parametrize("markup", QUOTES)
@pytest.mark.parametrize("quote", ["We waited long for a quiet night", "„WE WAITED LONG for a quiet night.“ — Ada Sol"])
def test_a_pull_quote_is_said_twice(markup: str, quote: str) -> None:
    assert dropped(pull_quote, html_passage(QUOTES[markup].format(quote))) == [quote]


def test_the_name_below_a_pull_quote_goes_with_it() -> None:
    html = "<blockquote><p>我们等待一个安静的夜晚已经太久了</p><p>沈海兰，市长</p></blockquote>"
    story = "<p>沈海兰说：“我们等待一个安静的夜晚已经太久了。”</p>"
    assert dropped(pull_quote, html_passage(story + html)) == ["我们等待一个安静的夜晚已经太久了", "沈海兰，市长"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>The clerk wrote:</p><blockquote>Seven harbours in ten keep a night ban.</blockquote>",
        "<p>It was a quiet night for all of them.</p><blockquote>a quiet night</blockquote>",
        "<p>We waited long for a quiet night, she said.</p><p>We waited long for a quiet night.</p>",
        "<p>On waiting long for a quiet night.</p><aside><h3>waiting long for a quiet night</h3></aside>",
    ],
    ids=["said once", "few words", "no markup of a quote", "a heading"],
)
def test_other_quotes_are_kept(html: str) -> None:
    assert dropped(pull_quote, html_passage(html)) == []


def dump(*lines: str) -> Passage:
    return read_passage([Block(line, number) for number, line in enumerate(lines, start=1)])


def test_a_sentence_of_a_dump_that_is_part_of_a_paragraph_is_said_twice() -> None:
    quote = "Nobody in the valley had asked for the third bridge."
    paragraph = f"{quote} It was built all the same, and it has stood empty since the mill closed its doors in May."
    assert dropped(pull_quote_line, dump(paragraph, "Another line.", quote)) == [quote]
    assert dropped(pull_quote_line, dump(quote, "Another line.", quote)) == []


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_dump_in_two_versions(language: str) -> None:
    story = STORIES[language]
    assert dropped(said_twice, dump(*story, *story)) == list(story)


@pytest.mark.parametrize(
    "lines",
    [
        ["a a a a a a a a a."] * 3000,
        ["word " * 20_000] * 30,
        [f"{'a ' * number}." for number in range(1, 800)],
        ["ab" * 200_000, "ba" * 200_000],
        ["。" * 100_000] * 3,
    ],
    ids=["one line", "long lines", "growing lines", "no spaces", "marks"],
)
def test_hostile_repetition(lines: list[str]) -> None:
    passage = dump(*lines)
    for rule in (said_twice, pull_quote_line):
        revise(passage, [rule])
    revise(html_passage("".join(f"<blockquote>{line}</blockquote>" for line in lines[:500])), [pull_quote])


DECISIONS = (
    ("On Monday the town of Wick decided", "After a debate of two hours the council of Dunmore agreed in the old hall"),
    ("to repair the old bridge over the river before the winter", "to plant forty trees along the road to the station"),
    ("at a cost of some two hundred thousand pounds,", "although the finance committee had advised against it,"),
    (
        "and work on the site is to begin in the first week of May.",
        "and nobody in the room voted against it that night.",
    ),
)


def test_paragraphs_of_shared_phrases_are_kept() -> None:
    """Each of sixteen paragraphs stands phrase by phrase in others, as in lists of grants and of council decisions."""
    paragraphs = [" ".join(phrases) for phrases in product(*DECISIONS)]
    assert repeated(paragraphs, kept(paragraphs)) == []
    assert repeated([*paragraphs, paragraphs[3]], [True] * 17) == [16]


def test_two_paragraphs_that_are_printed_as_one_too() -> None:
    one, other = (" ".join(f"{word}{number}" for number in range(33)) for word in ("stone", "water"))
    assert repeated([one, other, f"{one} {other}"], kept("123")) == [2]


@pytest.mark.parametrize(
    ("short", "long", "twice"),
    [
        (
            "The board pays for a new roof of the school.",
            "The board pays for a new roof of the school, not the gym.",
            0,
        ),
        ("The board pays for a new roof of the school.", "The board pays for a new roof of the school. It was old.", 1),
        (
            "The board pays for a new roof of the school.",
            "“The board pays for a new roof of the school,” Ms Doe said.",
            1,
        ),
    ],
)
def test_a_line_that_another_says_with_more_words_is_no_pull_quote(short: str, long: str, twice: int) -> None:
    assert dropped(pull_quote_line, dump(long, PARAGRAPH, short)) == [short] * twice


PARAGRAPH = "It was built all the same, and it has stood empty since the mill closed its doors in May of last year."


def shared_phrases(count: int) -> list[str]:
    phrases = [" ".join(f"w{phrase}x{word}" for word in range(9)) for phrase in range(12)]
    return [" ".join(phrases[(start * step) % 12] for step in range(40)) for start in range(1, count)]


def versions(count: int) -> list[str]:
    """A long text, and three times the same with another word now and then."""
    return [
        " ".join(f"{mark}{word}" if word % 70 == place else f"w{word}" for word in range(40 * count))
        for place, mark in ((-1, ""), (35, "y"), (0, "z"), (52, "q"))
    ]


@pytest.mark.parametrize("texts", [shared_phrases, versions])
def test_hostile_shared_phrases(texts: Callable[[int], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is counted: words that are compared with those of other texts."""
    counted: list[int] = []

    def counting(name: str) -> None:
        compare = getattr(module, name)

        def counted_too(*places: object) -> int:
            found: int = compare(*places)
            counted.append(found + 1)
            return found

        monkeypatch.setattr(module, name, counted_too)

    def compared(count: int) -> int:
        counted.clear()
        made = texts(count)
        repeated(made, kept(made))
        return sum(counted)

    counting("_alike")
    counting("_alike_before")
    few = compared(100)
    assert few > 0
    assert compared(400) <= 12 * few
