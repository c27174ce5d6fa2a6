"""Whole stories one below another on an HTML page, and pages whose parts only look like stories."""

from __future__ import annotations

import pytest

from cleaners import Page, clean, clean_page

STORIES = {
    "Bridge opens after four years": [
        "The harbour bridge opened to traffic on Monday after four years of work in the rain, the council said.",
        "Engineers had found cracks in two of the piers in the spring, so the opening was put off twice.",
        "About nine thousand cars a day are expected to cross, which would take half of the traffic from the tunnel.",
    ],
    "Museum buys letters of a poet": [
        "The municipal museum has bought forty letters of the poet Ines Falk at an auction, its director said.",
        "The letters were written to a cousin between 1921 and 1934 and had been in a cellar before they were found.",
        "They will be shown from March, beside the manuscripts that the museum has owned since the poet's death.",
    ],
    "Rovers lose at home for the third time": [
        "Rovers lost their third home match in a row on Saturday, a 2-0 defeat that leaves them last but one.",
        "Both goals came in the final ten minutes after a red card for the goalkeeper, who had brought down a striker.",
        "“We have to stay calm now,” the coach said after the match. The next game is away, against the leaders.",
    ],
}
GERMAN = {
    "Hafenbrücke nach vier Jahren eröffnet": [
        "Die neue Hafenbrücke ist am Montag nach vier Jahren Bauzeit freigegeben worden, teilte die Stadt mit.",
        "Im Frühjahr hatten Ingenieure Risse in zwei Pfeilern entdeckt, und die Eröffnung wurde verschoben.",
        "Rund neuntausend Autos sollen die Brücke täglich befahren, was den Tunnel um die Hälfte entlasten würde.",
    ],
    "Bäckerei am Markt wird nach neunzig Jahren verkauft": [
        "Die älteste Bäckerei am Marktplatz ist an eine Kette verkauft worden, wie ihr Inhaber bestätigte.",
        "Sein Großvater hatte den Laden 1934 eröffnet, und drei Generationen haben darin gearbeitet.",
        "Die neuen Eigentümer wollen den Namen und die Angestellten behalten, das Brot kommt aus einer Fabrik.",
    ],
}


def page(body: str) -> Page:
    return Page(
        f'<html><body><nav><a href="/a">News</a> <a href="/b">Sport</a></nav><main>{body}</main></body></html>',
        url="https://gazette.example/2026/01/02/bridge",
    )


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def in_articles(title: str, lines: list[str], tag: str = "h2") -> str:
    return f"<article><{tag}>{title}</{tag}>{paragraphs(lines)}</article>"


def signed(title: str, lines: list[str], day: str = "2 January 2026", by: str = "By Anna Meier") -> str:
    time = f'<time datetime="2026-01-02">{day}</time>'
    return f'<h1>{title}</h1><p class="byline">{by}</p>{time}{paragraphs(lines)}'


@pytest.mark.parametrize(
    ("stories", "body"),
    [
        pytest.param(STORIES, "".join(in_articles(*each) for each in STORIES.items()), id="articles"),
        pytest.param(GERMAN, "".join(in_articles(*each, "h1") for each in GERMAN.items()), id="articles-german"),
        pytest.param(STORIES, "".join(signed(*each) for each in STORIES.items()), id="signed-in-one-box"),
        pytest.param(
            GERMAN,
            "".join(signed(*each, "2. Januar 2026", "Von Anna Meier") for each in GERMAN.items()),
            id="signed-in-one-box-german",
        ),
    ],
)
def test_each_story_is_one(stories: dict[str, list[str]], body: str) -> None:
    articles = clean_page(page(body)).articles
    assert len(articles) == len(stories)
    assert [article.title for article in articles[1:]] == list(stories)[1:]
    for article, lines in zip(articles, stories.values(), strict=True):
        assert all(line in article.text for line in lines)
        assert not any(line in article.text for other in stories.values() if other != lines for line in other)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "<h1>Storm over the valley: the day as it was</h1>"
            + "".join(
                in_articles(f"{hour}:15 {title}", lines, "h3") for hour, (title, lines) in enumerate(STORIES.items(), 9)
            ),
            id="live-column",
        ),
        pytest.param(
            "<article><h1>What the city decided this week</h1>"
            + "".join(f"<h2>{title}</h2>{paragraphs(lines)}" for title, lines in STORIES.items())
            + "</article>",
            id="feature-with-subheadings",
        ),
    ],
)
def test_parts_of_one_story_stay_together(body: str) -> None:
    assert len(clean_page(page(body)).articles) == 1


SIGNED = {
    "el": (
        ("Κλείνει για έξι μήνες το παλιό λιμάνι", "Της Άννας Δειγματίδου", "3 Μαρτίου 2026"),
        (
            "Το παλιό λιμάνι της πόλης κλείνει την Τρίτη για τα σκάφη, επειδή ο μόλος έχει υποχωρήσει κατά έναν πήχη.",
            "Οι ψαράδες θα δένουν ως το φθινόπωρο στη νέα προβλήτα, είπε η λιμενάρχης στους δημοσιογράφους το πρωί.",
            "Τα έργα στον μόλο πληρώνει κατά το ήμισυ η περιφέρεια και κατά το ήμισυ ο δήμος με ένα δάνειο.",
        ),
        ("Σαράντα μικροί πιγκουίνοι στο πάρκο", "Του Νίκου Παραδειγματίδη", "5 Μαρτίου 2026"),
        (
            "Σαράντα μικροί πιγκουίνοι βγήκαν φέτος από τα αυγά στο πάρκο, περισσότεροι από κάθε άλλη άνοιξη.",
            "Οι φύλακες πιστεύουν ότι βοήθησε το πιο κρύο νερό, που κυκλοφορεί από πέρυσι στη μεγάλη δεξαμενή τους.",
            "Οι επισκέπτες μπορούν να δουν το τάισμα κάθε μεσημέρι, όσο ο καιρός μένει δροσερός και δεν φυσάει.",
        ),
    ),
    "ar": (
        ("الميناء القديم يغلق أبوابه ستة أشهر", "بقلم: سلمى المثال", "3 مارس 2026"),
        (
            "يغلق الميناء القديم في المدينة أبوابه أمام القوارب منذ الثلاثاء لأن الرصيف هبط بمقدار ذراع في الشتاء.",
            "وقالت مديرة الميناء للصحفيين صباحا إن الصيادين سيربطون قواربهم عند الرصيف الجديد حتى الخريف المقبل.",
            "وتدفع المقاطعة نصف تكاليف الأشغال وتقترض البلدية النصف الآخر وفق ما جاء في محضر الجلسة الأخيرة.",
        ),
        ("أربعون فرخا من البطاريق في الحديقة", "بقلم: سامي العينة", "5 مارس 2026"),
        (
            "خرج أربعون فرخا من البطاريق من البيض هذا الربيع في حديقة الحيوان وهو عدد لم يسجل منذ افتتاحها.",
            "ويعتقد الحراس أن الماء البارد الذي يجري في الحوض الكبير منذ العام الماضي كان سببا في ذلك كله.",
            "ويمكن للزوار مشاهدة إطعام الأفراخ كل ظهيرة ما دام الطقس معتدلا ولم تهب رياح قوية على المكان.",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("mark", ["\n", " | ", ", "])
@pytest.mark.parametrize("language", SIGNED)
def test_short_signed_stories_of_a_dump_come_apart_with_their_own_facts(language: str, mark: str) -> None:
    first, one, second, other = SIGNED[language]
    dump = "\n".join("\n".join([head[0], mark.join(head[1:]), *text]) for head, text in ((first, one), (second, other)))
    found = clean(dump, kind="text")
    assert [article.title for article in found] == [first[0], second[0]]
    assert [article.text.split("\n") for article in found] == [[*one], [*other]]
    assert [article.date_published for article in found] == ["2026-03-03", "2026-03-05"]
    assert [len(article.authors) for article in found] == [1, 1]


BRIEFS = {
    "Ferry boats will sail to the outer islands on Sundays too from May, the harbour board of Example decided on Friday"
    " after a long debate.": 2,
    "Ferry boats will sail on Sundays too, the harbour board of Example decided on Friday.": 1,
}


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_signed_brief_below_a_story_is_one_of_its_own(brief: str) -> None:
    """With a headline of the kind of the page's own, byline and day, from twenty words on."""
    (headline, paragraphs), *_ = STORIES.items()
    own = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    stories = (
        f"<article><h1>{headline}</h1><p>By Ana Example, 3 February 2026</p>{own}</article>"
        f"<article><h1>Ferries to sail on Sundays</h1><p>By Max Muster, 1 February 2026</p><p>{brief}</p></article>"
    )
    found = clean_page(Page(f"<html><body><main>{stories}</main></body></html>")).articles
    assert len(found) == BRIEFS[brief]
    assert found[0].authors == ("Ana Example",)
