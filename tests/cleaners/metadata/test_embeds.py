from __future__ import annotations

import pytest

from cleaners.blocks.html import parse
from cleaners.data import Embed
from cleaners.metadata.embeds import MOST_EMBEDS, kind_of, read_embeds

BASE = "https://news.example/a"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://www.youtube-nocookie.com/embed/a1", "video"),
        ("https://player.vimeo.com/video/1", "video"),
        ("https://www.facebook.com/plugins/video.php?href=a", "video"),
        ("https://www.facebook.com/plugins/post.php?href=a", "post"),
        ("https://vk.com/video_ext.php?oid=1", "video"),
        ("https://vk.com/widget_community.php", None),
        ("https://w.soundcloud.com/player/?url=a", "audio"),
        ("https://www.google.com/maps/d/embed?mid=1", "map"),
        ("https://datawrapper.dwcdn.net/a1/2/", "chart"),
        ("https://embed.documentcloud.org/documents/1/", "document"),
        ("https://platform.twitter.com/embed/Tweet.html?id=1", "post"),
        ("https://www.google.com/recaptcha/api2", None),
        ("https://notyoutube.com/embed/a1", None),
        ("https://ads.example/youtube.com", None),
    ],
)
def test_a_frame_is_what_its_host_shows(address: str, kind: str | None) -> None:
    assert kind_of(address) == kind


@pytest.mark.parametrize(
    ("markup", "embeds"),
    [
        ("<iframe src='//www.youtube.com/embed/a1'></iframe>", [Embed("video", "https://www.youtube.com/embed/a1")]),
        (
            "<iframe src='about:blank' data-src='https://player.vimeo.com/video/1'></iframe>",
            [Embed("video", "https://player.vimeo.com/video/1")],
        ),
        ("<video poster=p.jpg><source src='/v/1.mp4'></video>", [Embed("video", "https://news.example/v/1.mp4")]),
        ("<audio src='https://audio.example/1.mp3'></audio>", [Embed("audio", "https://audio.example/1.mp3")]),
        ("<video autoplay loop muted src='https://video.example/1.mp4'></video>", []),
        ("<video src='blob:https://news.example/1'></video>", []),
        (
            "<blockquote class='twitter-tweet'><p>Words <a href='https://t.co/1'>t.co</a></p>— Ana"
            " <a href='https://twitter.com/ana/status/1'>3 March</a></blockquote>",
            [Embed("post", "https://twitter.com/ana/status/1")],
        ),
        (
            "<blockquote class='instagram-media' data-instgrm-permalink='https://www.instagram.com/p/1/'>"
            "<a href=/x>x</a></blockquote>",
            [Embed("post", "https://www.instagram.com/p/1/")],
        ),
        ("<blockquote><p>Words <a href='https://twitter.com/ana/status/1'>a link</a></p></blockquote>", []),
        ("<blockquote class='twitter-tweet'><a href='javascript:alert(1)'>x</a></blockquote>", []),
        ("<aside><iframe src='https://www.youtube.com/embed/a1'></iframe></aside>", []),
        (
            "<article><aside><iframe src='https://www.youtube.com/embed/a1'></iframe></aside></article>",
            [],
        ),
        (
            "<aside><article><iframe src='https://www.youtube.com/embed/a1'></iframe></article></aside>",
            [Embed("video", "https://www.youtube.com/embed/a1")],
        ),
    ],
)
def test_what_a_page_embeds(markup: str, embeds: list[Embed]) -> None:
    assert list(read_embeds(parse(markup), BASE)) == embeds


def test_each_is_named_once_and_there_are_not_too_many() -> None:
    same = "<iframe src='https://www.youtube.com/embed/a'></iframe>" * 3
    many = "".join(f"<iframe src='https://www.youtube.com/embed/{number}'></iframe>" for number in range(1000))
    assert len(read_embeds(parse(same), BASE)) == 1
    assert len(read_embeds(parse(many), BASE)) == MOST_EMBEDS
