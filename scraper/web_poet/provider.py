"""The provider that scrapy-poet asks for articles. Importing it needs the extra `copydesk[web-poet]`."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapy.http import Response, TextResponse
from scrapy_poet.page_input_providers import PageObjectInputProvider
from zyte_common_items import Article

from scraper.responses import OPTIONS, ResponseCleaner
from scraper.web_poet.articles import empty_article, zyte_article

if TYPE_CHECKING:
    from scrapy_poet.injection import Injector


class ArticleProvider(PageObjectInputProvider):
    """Gives the story of a page as an `Article`. A page without one gives an article of probability 0 that says why."""

    provided_classes = {Article}  # noqa: RUF012  # the base class declares it
    name = "copydesk_article"

    def __init__(self, injector: Injector) -> None:
        super().__init__(injector)  # type: ignore[no-untyped-call]
        self._cleaner = ResponseCleaner(injector.crawler, replace(OPTIONS, bodies="html"))

    async def __call__(self, to_provide: Set[Callable[..., Any]], response: Response) -> Sequence[Article]:
        """The article of the response, for scrapy-poet."""
        if not isinstance(response, TextResponse):
            return [empty_article(response.url, "The response is not text.")]
        return [zyte_article(await self._cleaner.clean(response), response.url)]
