"""Short stories in scripts without spaces between words, as HTML and as dumps."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page

STORIES = {
    "zh-Hant": (
        "老橋重新開放",
        "市府週五宣布，關閉四年的老橋已重新開放，行人與自行車可以通行。",
        "工程費用比原先的預算多出兩成，主要用於更換橋墩。",
        "居民說，從此上學的孩子不必再繞遠路，老人家看病也方便了許多。",
    ),
    "ja": (
        "古い橋が再び開通",
        "市は金曜日、四年間閉鎖されていた古い橋が再び開通したと発表した。",
        "工事費は当初の見積もりより二割増え、主に橋脚の交換に使われた。",
        "住民の一人は「子どもたちが遠回りせずに学校へ行けるようになり、とても助かる」と話した。",
    ),
    "ko": (
        "옛 다리 다시 열려",
        "시는 금요일 사 년 동안 닫혀 있던 옛 다리가 다시 열렸다고 발표했다.",
        "공사비는 처음 예산보다 이 할 늘었으며 대부분 교각을 바꾸는 데 쓰였다.",
        "주민들은 아이들이 이제 먼 길을 돌지 않고 학교에 갈 수 있다고 말했다.",
    ),
    "th": (
        "สะพานเก่าเปิดอีกครั้ง",
        "เทศบาลประกาศเมื่อวันศุกร์ว่าสะพานเก่าที่ปิดมาสี่ปีเปิดให้คนเดินและรถจักรยานผ่านได้แล้ว",
        "ค่าก่อสร้างสูงกว่างบเดิมร้อยละยี่สิบ ส่วนใหญ่ใช้เปลี่ยนเสาตอม่อของสะพาน",
        "ชาวบ้านบอกว่าเด็กนักเรียนไม่ต้องเดินอ้อมไกลไปโรงเรียนอีกต่อไป",
    ),
    "km": (
        "ស្ពានចាស់បើកវិញ",
        "សាលាក្រុងបានប្រកាសនៅថ្ងៃសុក្រថាស្ពានចាស់ដែលបិទអស់រយៈពេលបួនឆ្នាំបានបើកឱ្យអ្នកថ្មើរជើងឆ្លងកាត់វិញ។",
        "ថ្លៃសាងសង់បានកើនលើសថវិកាដើមម្ភៃភាគរយដោយសារការផ្លាស់ប្ដូរជើងស្ពាន។",
        "អ្នកស្រុកនិយាយថាកូនសិស្សមិនចាំបាច់ដើរផ្លូវវាងឆ្ងាយទៅសាលាទៀតទេ។",
    ),
    "my": (
        "တံတားဟောင်းပြန်ဖွင့်ပြီ",
        "လေးနှစ်ကြာပိတ်ထားသောတံတားဟောင်းကိုလမ်းလျှောက်သူများနှင့်စက်ဘီးများအတွက်ပြန်ဖွင့်ကြောင်းမြို့တော်ကသောကြာနေ့တွင်ကြေညာသည်။",
        "ဆောက်လုပ်ရေးကုန်ကျစရိတ်သည်မူလခန့်မှန်းငွေထက်နှစ်ဆယ်ရာခိုင်နှုန်းပိုများခဲ့သည်။",
        "ကလေးများကျောင်းသို့လမ်းဝေးမှသွားရန်မလိုတော့ဟုဒေသခံများကပြောသည်။",
    ),
}
MENUS = ("A", "B", "C")


@pytest.mark.parametrize("language", STORIES)
def test_a_short_story_on_a_page_with_a_menu(language: str) -> None:
    title, *paragraphs = STORIES[language]
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in MENUS)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f'<html lang="{language}"><title>{title}</title><nav><ul>{menu}</ul></nav><div><h1>{title}</h1>{text}</div>'
    (article,) = clean_page(Page(html)).articles
    assert (article.title, article.text.split("\n")) == (title, paragraphs)


@pytest.mark.parametrize("language", sorted(STORIES.keys() - {"th"}))  # Thai marks no ends of sentences
def test_a_short_story_in_a_dump(language: str) -> None:
    title, *paragraphs = STORIES[language]
    (article,) = clean_page(Page("\n".join([title, *paragraphs]), kind="text")).articles
    assert article.text.split("\n") == paragraphs
