"""Cookies, kept for the crawl as Scrapy keeps them, but without its fetch of the public suffix list.

At the first cookie Scrapy asks publicsuffix.org for the list of domains that nobody owns alone (`co.uk`), while
everything else stands still and past every rule that the crawl keeps, and writes it among the installed packages. The
copy of the list that tldextract brings along does as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from http.cookiejar import Cookie

from scrapy import Request
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http.cookies import CookieJar
from scrapy.utils.httpobj import urlparse_cached
from tldextract import TLDExtract

_split = TLDExtract(include_psl_private_domains=True, suffix_list_urls=(), cache_dir=None)


class OfflineCookies(CookiesMiddleware):
    """Scrapy's middleware with another source of the list."""

    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request) -> None:
        """Keep the cookies that the host may set: for a public suffix, only where the host is that suffix itself."""
        host = (urlparse_cached(request).hostname or "").lower()
        for cookie in cookies:
            domain = cookie.domain.removeprefix(".")
            if domain and not _split(domain).domain:
                if domain != host:
                    continue
                cookie.domain = host
            jar.set_cookie_if_ok(cookie, request)
