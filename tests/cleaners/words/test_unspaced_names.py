"""Bylines in Chinese, Japanese and Korean."""

from __future__ import annotations

import pytest

from cleaners.words.names import find_names
from cleaners.words.unspaced_names import labelled_names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("記者：陳美麗", ["陳美麗"]),
        ("記者陳美麗／高雄報導", ["陳美麗"]),
        ("【記者陳美麗／高雄報導】", ["陳美麗"]),
        ("本报记者 赵一 钱二 南京报道", ["赵一", "钱二"]),
        ("文／林例 編輯：張例", ["林例"]),
        ("取材・文／佐藤例子", ["佐藤例子"]),
        ("執筆：鈴木 例", ["鈴木 例"]),
        ("高橋例記者", ["高橋例"]),
        ("김보기 기자", ["김보기"]),
        ("[부산=보기뉴스] 김보기 기자 kim@example.com", ["김보기"]),
        ("글: 박예시", ["박예시"]),
        ("責任編輯：張例", []),
        ("分享到", []),
        ("記者會", []),
        ("댓글 보기", []),
    ],
)
def test_labelled_bylines(line: str, names: list[str]) -> None:
    assert list(labelled_names(line)) == names
    assert not names or list(find_names(line)) == names


@pytest.mark.parametrize("piece", ["记", "记者 ", "记者", "王·", "王、", "기자 ", "가 ", "文：", "[", "【記者"])
def test_hostile_lines(piece: str) -> None:
    labelled_names(piece * 100_000)
    assert isinstance(labelled_names((piece * 40)[:80]), tuple)
