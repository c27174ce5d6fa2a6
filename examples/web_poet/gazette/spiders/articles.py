"""A spider that asks for articles, and does not know who makes them."""

import scrapy
from scrapy_poet import DummyResponse
from zyte_common_items import Article


class ArticlesSpider(scrapy.Spider):
    """`scrapy crawl articles -a url=https://gazette.example/ -O articles.jsonl`."""

    name = "articles"

    def __init__(self, url="https://gazette.example/", **kwargs):
        super().__init__(**kwargs)
        self.start_urls = [url]

    def parse(self, response):
        """Follow the links of the front page."""
        yield from response.follow_all(css="a", callback=self.parse_article)

    def parse_article(self, response: DummyResponse, article: Article):
        """The article, made by Copydesk. One with a probability of 0 is no article, and says why."""
        yield article
