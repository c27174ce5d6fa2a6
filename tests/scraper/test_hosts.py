"""Hosts by name and port, and which of them belong together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.hosts import host_and_port, is_on_any, is_on_host, is_sister


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://a.example:80/", "a.example"),
        ("https://a.example:80/", "a.example:80"),
        ("https://user:word@A.Example./x", "a.example"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("http://[broken", ""),
        ("http://a.example:99999/", ""),
        ("mailto:a@a.example", ""),
        ("", ""),
    ],
)
def test_a_host_is_its_name_and_port(url: str, host: str) -> None:
    assert host_and_port(url) == host


@given(st.text())
def test_no_address_makes_it_stumble(url: str) -> None:
    assert isinstance(host_and_port(url), str)
    assert not is_on_any(url, ())
    assert is_on_any(url, ("any",))


def test_two_ports_are_two_hosts() -> None:
    assert not is_on_host("http://127.0.0.1:8001/", "127.0.0.1:8002")
    assert not is_sister("127.0.0.1:8001", "127.0.0.1:8002")
    assert not is_sister("127.0.0.1", "127.0.0.2")
    assert is_sister("m.gazette.example:8001", "gazette.example:8001")
    assert not is_sister("m.gazette.example:8001", "gazette.example")


def test_the_same_host_may_have_www_or_not() -> None:
    assert is_on_host("https://www.example.com/a", "example.com")
    assert is_on_host("https://example.com/a", "www.example.com")
    assert not is_on_host("https://sport.example.com/a", "example.com")
    assert not is_on_host("https://example.com.evil.example/", "example.com")
    assert not is_on_host("http://[", "example.com")
