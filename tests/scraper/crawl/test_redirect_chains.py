"""Chains of redirects over several runs: each address that is named ends in one place."""

from __future__ import annotations

from tests.support.local_server import Answer
from tests.support.made_days import Days, article, feed

AT_EASE = ("BACKOFF_LONGEST=0.05", "HOST_FAILURES=100000")
"""All pages are on one host, whose failures are made: it shall not rest for them."""

ONE, TWO = (f"<pubDate>0{day} Jan 2026 06:00:00 GMT</pubDate>" for day in (1, 2))


def chain(folder: str, end: Answer) -> dict[str, object]:
    """Two addresses of a folder of which each leads to the next one, and a third one."""
    moved = {f"/{folder}/{here}": Answer(b"", 301, {"Location": f"/{folder}/{there}"}) for here, there in ("ab", "bc")}
    return {**moved, f"/{folder}/c": end}


def paths(folder: str, names: str = "abc") -> set[str]:
    return {f"/{folder}/{name}" for name in names}


def test_each_address_of_a_chain_ends_in_one_place(days: Days) -> None:
    days.answers = {
        **chain("gone", Answer(b"", 404)),
        **chain("down", Answer(b"", 503)),
        **chain("sound", article("a sound chain")),
        **chain("alone", article("a lonely chain")),
    }
    named = [f"/{folder}/{name}" for name in "abc" for folder in ("gone", "down", "sound")]
    days.answers |= {"/feed": feed(*named), "/changes": feed("/alone/a", dates=ONE)}
    days.crawl(*AT_EASE, path="/feed,/changes")
    assert days.rows("articles").keys() == {"/sound/c", "/alone/c"}
    rejected, waiting = codes(days), days.still_to_come().keys()
    assert rejected["/gone/c"] == "not-found"
    assert rejected.keys() >= paths("gone")
    assert "/down/c" in waiting
    assert rejected.keys() | waiting >= paths("down")
    assert not rejected.keys() & waiting
    assert rejected.keys() & paths("sound", "ab")  # whichever of the three was first gave the article
    assert rejected.keys() | waiting <= paths("gone") | paths("down") | paths("sound", "ab")

    tracker = Answer(b"", 302, {"Location": "/sound/c"})
    corrected = Answer(b"", 302, {"Location": "/alone/c"})
    days.answers |= {"/r/1": tracker, "/r/2": corrected, **chain("down", article("a chain that was down"))}
    days.answers |= {"/feed": feed("/r/1"), "/changes": feed("/r/2", dates=TWO)}
    for _ in range(2):
        days.crawl(*AT_EASE, path="/feed,/changes")
        assert days.rows("articles").keys() == {"/sound/c", "/alone/c", "/down/c"}
        told = {path: code for path, code in codes(days).items() if path not in rejected}
        assert told.keys() - paths("down", "ab") == {"/r/1", "/r/2"}
        assert set(told.values()) == {"duplicate"}
        assert days.still_to_come() == {}
        assert "/sound/c" not in days.asked  # which has not changed, as far as anybody says


def codes(days: Days) -> dict[str, str]:
    """The code of each address that is rejected."""
    return {path: row["code"] for path, row in days.rows("rejected").items()}


def test_what_a_chain_leads_to_is_asked_for_once_in_a_run(days: Days) -> None:
    trackers = {f"/r/{number}": Answer(b"", 302, {"Location": "/gone"}) for number in range(8)}
    days.answers = {**trackers, "/gone": Answer(b"", 410), "/feed": feed(*trackers)}
    days.crawl(*AT_EASE)
    told = codes(days)
    assert set(told) == set(trackers)
    assert set(told.values()) <= {"not-found", "duplicate"}  # one that comes while it is being asked for
    assert days.asked.count("/gone") == 1
