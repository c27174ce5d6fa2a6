"""Script in dumps."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page

STORY = (
    "The old lighthouse of Example was lit again on Sunday, after nine years in which ships had to do without it.",
    "Its keeper climbed the two hundred steps for the first time since the storm and trimmed the lamp by hand.",
)
BANNER = (
    "<SCRIPT LANGUAGE='JavaScript1.1'>if (document.layers) {document.write('<SCR' + 'IPT SRC=/ad.example?site=news"
    "&size=1></SCR' + 'IPT>'); }</SCRIPT>"
)


def text_of(*lines: str) -> list[str]:
    (article,) = clean_page(Page("\n".join(["Lighthouse is lit again", *lines]), kind="text")).articles
    return article.text.split("\n")


@pytest.mark.parametrize("line", [BANNER, BANNER.lower(), f"<noscript><img src='https://ads.example/{80 * '1'}'> See."])
def test_script_is_no_text(line: str) -> None:
    assert text_of(STORY[0], line, STORY[1], line) == list(STORY)


@pytest.mark.parametrize(
    "line",
    [
        "<script> is the tag that opens a script, as every guide says.",
        "The page holds <script>document.write('harbour')</script>, which writes the word when it is opened.",
    ],
)
def test_what_a_guide_says_about_script_stays(line: str) -> None:
    assert text_of(STORY[0], line, STORY[1]) == [STORY[0], line, STORY[1]]
