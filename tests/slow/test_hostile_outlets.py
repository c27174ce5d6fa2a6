"""Outlets that are made to blow up cost the others nothing, and hold no crawl at Ctrl-C."""

from __future__ import annotations

from bench.measure.crawl_hostile import HOSTILE, Outlet, seconds_taken, seconds_to_end, served, sound_feed


def test_sound_outlets_lose_nothing_beside_hostile_ones_and_ctrl_c_ends_the_crawl() -> None:
    sound = [Outlet("feeds", "/feed", sound_feed(5)) for _ in range(5)]
    with served([*sound, *HOSTILE]) as site:
        _, written = seconds_taken(site, {}, 5, 25)
        assert written == 25
        seconds_to_end(site, {})  # which raises where the crawl does not end
