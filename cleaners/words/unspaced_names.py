"""Bylines in Chinese, Japanese and Korean, which put no spaces between words.

    记者：王小明   ->   王小明
    海港日报记者 王小明 李芳   ->   王小明, 李芳
    文：山田太郎 翻訳：中村真子   ->   山田太郎
    홍길동 기자   ->   홍길동

Two to four characters are no sign of a person: most buttons have as many. A name stands behind a label (`lead_unspaced`
in `names.toml`) or in front of a job (`behind`).
"""

from __future__ import annotations

from cleaners.words.name_words import alternatives
from cleaners.words.patterns import lazy_pattern

MAX_LINE = 80
"""Characters of a byline at most; most have twenty."""

_HAN = r"\u3400-\u9fff々"
_KANA = r"\u3040-\u30ff"
_HANGUL = r"\uac00-\ud7a3"
_ANY = rf"{_HAN}{_KANA}{_HANGUL}"
_NAME = lazy_pattern(
    rf"[{_HAN}]{{2,4}}|[{_HAN}{_KANA}]{{3,7}}|[{_HANGUL}]{{2,4}}|[{_HAN}{_KANA}]{{1,8}}(?:[·・=＝•][{_HAN}{_KANA}]{{1,8}}){{1,3}}"
    rf"|[{_HAN}{_KANA}]{{1,4}} [{_HAN}{_KANA}]{{1,4}}"
)
_MARK = r"\s?[:：︰/／|｜=＝・]\s?"
_OPENING = r"[\[［(（〔【]?"
_LABELS = alternatives("lead_unspaced")
_LABELLED = lazy_pattern(rf"{_OPENING}(?:{_LABELS})(?:{_MARK}|\s)(?P<names>[^\W\d_].*)")
_LABELLED_INSIDE = lazy_pattern(rf"(?<=[\s|｜])(?:{_LABELS})\s?[:：︰]\s?(?P<names>[^\W\d_].*)")
"""A label behind that of the source or of somebody else: 来源：海港日报 作者：王小明."""

_ALONE = lazy_pattern(rf"(?:{_LABELS})\s?[:：︰]?")
_REPORTER = lazy_pattern(
    rf"{_OPENING}[{_HAN}]{{0,10}}?\s?(?:记者|記者|通讯员|通訊員|特派员|特派員|撰稿人)\s?(?P<names>[{_HAN}][{_HAN}·、，,\s]{{1,40}})"
    r"(?P<behind>.*)"
)
_JOB_BEHIND = lazy_pattern(
    rf"(?:[\[(][^\[\]()]{{1,20}}[\])]\s?|[\[(][^\[\]()=]{{1,12}}=|[{_HANGUL}\w()]{{2,16}}\s)?(?P<names>[{_HANGUL}]{{2,4}}(?:[·,、]\s?[{_HANGUL}]{{2,4}}){{0,4}})\s?"
    r"(?:[가-힣]{2}\s)?(?:선임기자|전문기자|인턴기자|수습기자|기자|특파원|논설위원|칼럼니스트)(?:\s외\s?\d+명)?[\])]?(?:[\s(|/=].{0,40})?"
)
_JAPANESE_JOB_BEHIND = lazy_pattern(
    rf"{_OPENING}(?P<names>[{_HAN}]{{3,5}}|[{_HAN}]{{1,3}} [{_HAN}]{{1,3}})\s?(?:記者|特派員|編集委員|論説委員)"
    r"[)）\]］】〕]?"
)
_OTHERS = lazy_pattern(
    rf"[\s　/／|｜、，,()（）]?(?:{alternatives('end_unspaced')})(?:{_MARK}|\s|$)|[)）\]］〕】/／|｜].*|\d.*"
    rf"|\s(?:[{_HAN}]{{2,6}})?(?:报道|報導|报导|報道|電|电|摄)(?:\s|$)"
)
_PARTS = lazy_pattern(r"[、，,;；&]|[/／](?=\S)")
_NO_NAME = lazy_pattern(alternatives("labels_unspaced"))
_EAST_ASIAN = lazy_pattern(rf"[{_ANY}]")
"""A sign that every pattern here needs: most lines have none."""

_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖蕭萧田董潘袁蔡蒋蔣余于杜叶葉程"
    "魏苏蘇吕呂丁任卢盧姚沈钟鐘鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫閻雷龙龍黎史陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴"
    "赖賴覃洪武莫孔汤湯向常温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍"
    "涂塗成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊姬师師"
)
"""The commonest Chinese surnames."""


def labelled_names(line: str) -> tuple[str, ...]:
    """The names in a line that says by a label or a job that it is a byline; none where it says so of nobody.

    >>> labelled_names("海港日报记者 王小明 李芳"), labelled_names("홍길동 기자"), labelled_names("分享到")
    (('王小明', '李芳'), ('홍길동',), ())
    """
    if not _is_east_asian(line):
        return ()
    line = _DATE_FIRST.sub("", line)
    if not 3 <= len(line) <= MAX_LINE:
        return ()
    if found := _LABELLED.fullmatch(line) or _REPORTER.fullmatch(line):
        return _listed(_OTHERS.split(found["names"], maxsplit=1)[0])
    if found := _LABELLED_INSIDE.search(line):
        return _listed(_OTHERS.split(found["names"], maxsplit=1)[0])
    if found := _JAPANESE_JOB_BEHIND.fullmatch(line):
        return _listed(found["names"])
    if found := _JOB_BEHIND.fullmatch(line):
        return _listed(found["names"].replace("·", ","))
    return ()


_DATE_FIRST = lazy_pattern(r"\A(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s(?:\d{1,2}:\d\d(?::\d\d)?\s)?")
"""A date in front of a byline, as portals put it."""


def is_label_alone(line: str) -> bool:
    """Whether the line is a label in front of a name on the next line.

    >>> is_label_alone("記者："), is_label_alone("記者會")
    (True, False)
    """
    return len(line) < 12 and _is_east_asian(line) and bool(_ALONE.fullmatch(line))


def is_unspaced_name(text: str) -> bool:
    """Whether the text may be a name in these scripts: it has the shape of one and no part of a heading or button.

    >>> is_unspaced_name("王小明"), is_unspaced_name("分享到")
    (True, False)
    """
    return _is_east_asian(text) and bool(_NAME.fullmatch(text)) and not holds_label(text)


def holds_label(text: str) -> bool:
    """Whether a part of the text stands on buttons and in headings of these scripts.

    >>> holds_label("責任編輯"), holds_label("Jane Doe")
    (True, False)
    """
    return _is_east_asian(text) and bool(_NO_NAME.search(text))


def _is_east_asian(text: str) -> bool:
    return not text.isascii() and _EAST_ASIAN.search(text) is not None


def _listed(text: str) -> tuple[str, ...]:
    names = [name for part in _PARTS.split(text) for name in _apart(part.strip(" -–—·•（(［[〔"))]
    return tuple(dict.fromkeys(names)) if names and all(map(is_unspaced_name, names)) else ()


def _apart(text: str) -> list[str]:
    """The names between spaces. A Japanese name may have one between its two parts."""
    parts = [part for part in text.split() if not _ALONE.fullmatch(part)]
    if len(parts) == 2 and not all(part[0] in _SURNAMES and 2 <= len(part) <= 3 for part in parts):
        return [" ".join(parts)] if all(len(part) <= 4 for part in parts) and not _hangul(text) else parts
    return parts


def _hangul(text: str) -> bool:
    return any("\uac00" <= character <= "\ud7a3" for character in text)
