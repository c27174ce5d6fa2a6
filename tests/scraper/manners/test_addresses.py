"""Where a page may send the crawl."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.manners.addresses import LONGEST_NAME, host_name, literal_address, why_refused
from scraper.manners.public_networks import is_public
from tests.support.fetching import PUBLIC as PUBLIC_HERE
from tests.support.fetching import SITE, answer, fetch, serve

NOT_PUBLIC = """0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1
    172.31.255.255 192.168.1.1 192.0.2.1 198.18.0.1 224.0.0.1 224.0.1.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001:db8::1
    192.0.0.0 192.0.0.9 192.0.0.192 168.63.129.16 192.88.99.1 192.31.196.1 192.52.193.1 192.175.48.1 198.51.100.1
    203.0.113.1 ::ffff:192.0.0.192 64:ff9b::a83f:8110 2002:c000:c0:: 2001::1 2001:1::1 2001:3::1 2001:4:112::1
    2001:20::1 2001:1ff:ffff::1 2620:4f:8000::1 3ffe::1 3fff::1 3fff:fff::1 5f00::1 4000::1
    2002:7f00:1:: 2002:a00:1::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1""".split()
PUBLIC = """1.1.1.1 8.8.8.8 93.184.215.14 172.15.255.255 172.32.0.1 192.167.255.255 223.255.255.255 2001:4860:4860::8888
    168.63.129.15 168.63.129.17 192.0.1.1 192.88.98.1 192.88.100.1 2001:200::1 2001:4860::1 3fff:1000::1 2606:4700::1111
    2a00:1450::1 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1""".split()
UNSEEN = frozenset[str]()


def spellings(address: ipaddress.IPv4Address) -> st.SearchStrategy[str]:
    """The ways in which an IPv4 address can be written as the host of a URL."""
    number = int(address)
    parts = [number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255]
    groups = [[number], [parts[0], number & 0xFFFFFF], [*parts[:2], number & 0xFFFF], parts]
    radix = st.sampled_from(["{}", "{:#x}", "0{:o}", "0X{:08X}", "000{:o}"])
    dotted = st.sampled_from(groups).flatmap(
        lambda group: st.tuples(*[radix] * len(group)).map(
            lambda forms: ".".join(form.format(part) for form, part in zip(forms, group, strict=True))
        )
    )
    mapped = st.sampled_from([f"[::ffff:{address}]", f"[0:0::FFFF:{number >> 16:x}:{number & 0xFFFF:x}]"])
    odd = st.sampled_from([str(address).replace(".", "%2e"), str(address).replace(".", "。"), f"{address}."])
    wide = str(address).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    return dotted | mapped | odd | st.just(wide)


private_addresses = st.sampled_from(
    "127.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16".split()
).flatmap(lambda network: st.ip_addresses(network=network))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_not_on_the_open_internet_is_told(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_on_the_open_internet_is_told(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.data(), private_addresses, st.sampled_from(["", "user@", "user:pass@", "8.8.8.8@", "8.8.8.8:80@"]))
def test_however_a_private_address_is_written_it_is_refused(
    data: st.DataObject, address: ipaddress.IPv4Address, user: str
) -> None:
    host = data.draw(spellings(address))
    assert why_refused(f"http://{user}{host}:8080/path?http://8.8.8.8/", UNSEEN)
    assert not why_refused(f"http://{user}{host}/", {host_name(host)})


@given(st.ip_addresses(v=6))
def test_what_an_ipv6_address_stands_for_does_not_open_it(address: ipaddress.IPv6Address) -> None:
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | (int(address) & 0xFFFFFFFF))
    inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    assert is_public(mapped) == is_public(inner)
    assert bool(why_refused(f"https://[{address}]/", UNSEEN)) != is_public(address)


@given(st.from_regex(r"[a-z][a-z0-9-]{0,20}(\.[a-z][a-z0-9-]{0,20}){1,3}", fullmatch=True))
def test_names_are_left_to_the_look_up(host: str) -> None:
    assert literal_address(host) is None
    assert why_refused(f"https://{host}/", UNSEEN) is None
    assert host_name(host.upper() + ".") == host


@given(st.text())
def test_no_host_makes_it_stumble(host: str) -> None:
    assert isinstance(host_name(host), str)
    literal_address(host)
    why_refused(f"http://{host}/", UNSEEN)


@pytest.mark.parametrize(
    "host", ["1" * 10**6, "é" * 10**6, "[" * 10**6, "%31" * 10**6, "a." * 10**6, "0x" * LONGEST_NAME]
)
def test_a_host_without_end_is_passed_on_to_fail_elsewhere(host: str) -> None:
    assert literal_address(host_name(host)) is None


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://host.example/", "data:,x", "gopher://x/", "javascript:0", "s3://bucket/", "x", ""],
)
def test_pages_lead_to_http_only(url: str) -> None:
    assert why_refused(url, UNSEEN)
    assert why_refused(url, UNSEEN, any_scheme=True) is None


def test_internationalized_names_are_one_name() -> None:
    assert host_name("BÜCHER.example") == host_name("xn--bcher-kva.example")


def test_links_to_what_is_not_public_are_refused_before_anything_is_sent(tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("secret")
    with serve({}) as site:
        inside = {
            "inside.example": [["127.0.0.1"]],
            "mixed.example": [["10.1.2.3", "127.0.0.1"]],
            "six.example": [["::1", "::ffff:127.0.0.1"]],
        }
        links = [site.url("/", host) for host in (*inside, "127.0.0.1", "0x7f.1", "2130706433", "[::1]", "u@127.0.0.1")]
        links += [secret.as_uri(), "data:,x", "ftp://127.0.0.1/"]
        # Scrapy's own scheduler takes any address. The frontier would not even store those that are not of the web.
        scheduler = {"SCHEDULER": "scrapy.core.scheduler.Scheduler"}
        found = fetch(site.url("/page"), *links, names=inside, **scheduler)  # type: ignore[arg-type]
    assert found[site.url("/page")]["status"] == 200
    assert {link: found[link]["code"] for link in links} == dict.fromkeys(links, "refused-address")
    assert found[links[0]]["says"].startswith(
        "inside.example is at 127.0.0.1, which is no address on the open internet"
    )
    assert set(site.paths()) == {"/robots.txt", "/page"}
    assert "Traceback" not in found["log"]["text"]


def test_redirects_to_what_is_not_public_are_refused() -> None:
    with serve({}) as inner:
        targets = {
            "/name": inner.url("/a", "inside.example"),
            "/literal": inner.url("/b", "127.0.0.1"),
            "/chain": f"//inside.example:{inner.port}/c",
            "/decimal": inner.url("/d", "2130706433"),
        }
        pages = {path: lambda handler, to=to: answer(handler, 302, Location=to) for path, to in targets.items()}
        with serve(pages) as site:  # type: ignore[arg-type]
            found = fetch(*map(site.url, pages), names={"inside.example": [["127.0.0.1"]]})
    assert {path: found[site.url(path)]["code"] for path in pages} == dict.fromkeys(pages, "refused-address")
    assert inner.log == []


def test_redirects_to_other_schemes_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("secret")
    refresh = f'<meta http-equiv="refresh" content="0; url={secret.as_uri()}">'.encode()
    with serve(
        {
            "/file": lambda handler: answer(handler, 302, Location=secret.as_uri()),
            "/refresh": lambda handler: answer(handler, body=refresh),
        }
    ) as site:
        found = fetch(site.url("/file"), site.url("/refresh"))
    assert found[site.url("/file")]["error"] == "HttpError"
    assert found[site.url("/refresh")]["length"] == len(refresh)


def test_a_name_that_answers_differently_when_asked_again_gains_nothing() -> None:
    """The address that is judged is the one that is connected to: no look-up comes between."""
    with serve({}) as site:
        rebinding = {"rebind.example": [[PUBLIC_HERE], ["127.0.0.1"], ["127.0.0.1"]]}
        found = fetch(site.url("/page", "rebind.example"), names=rebinding, RETRY_TIMES=1)
    assert "status" not in found[site.url("/page", "rebind.example")]
    assert site.log == []


def test_a_public_address_among_private_ones_is_the_one_that_is_used() -> None:
    with serve({}) as site:
        names = {"both.example": [["127.0.0.1", PUBLIC_HERE]]}
        found = fetch(site.url("/page", "both.example"), names=names, RETRY_TIMES=0)
    assert found[site.url("/page", "both.example")]["code"] == "unreachable"
    assert site.log == []


def test_hosts_that_the_user_named_are_fetched_and_lead_to_no_others() -> None:
    with serve({}) as site:
        hosts = ["127.0.0.1", "127.0.0.2", "LOCAL.example."]
        links = [site.url("/page", host) for host in hosts]
        found = fetch(*links, names={"local.example.": [["127.0.0.1"]]}, named=("127.0.0.1", "local.example"))
    assert [found[link].get("status", found[link].get("code")) for link in links] == [200, "refused-address", 200]


def test_a_proxy_of_the_users_may_be_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve({}) as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("no_proxy", "")
        found = fetch("http://far.example/page", "http://127.0.0.1/page")
    assert found["http://far.example/page"]["status"] == 200
    assert found["http://127.0.0.1/page"]["code"] == "refused-address"
    assert SITE not in str(proxy.paths())
