"""The domain and the owner of an address, by the public suffix list that tldextract brings along."""

from __future__ import annotations

from tldextract import TLDExtract

_split = TLDExtract(suffix_list_urls=())  # no download: the list of the installed version


def site_name(url: str) -> str:
    """The name that the domains of one owner share; empty where the address has no host.

    >>> site_name("https://www.bbc.co.uk/news"), site_name("https://bbc.com/news"), site_name("")
    ('bbc', 'bbc', '')
    """
    parts = _split(url)
    return parts.domain or parts.suffix


def registered_domain(url: str) -> str:
    """The domain under which an owner registers names, in lower case; the address itself where it has none.

    Suffixes that companies give away count as public suffixes, so that each blog is a domain of its own.

    >>> registered_domain("https://news.Example.co.uk/a"), registered_domain("https://ann.blogspot.com/a")
    ('example.co.uk', 'ann.blogspot.com')
    """
    return _split(url, include_psl_private_domains=True).top_domain_under_public_suffix.lower() or url
