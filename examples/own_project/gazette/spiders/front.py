"""A spider that follows the links of a front page, and knows nothing of Copydesk."""

import scrapy


class FrontSpider(scrapy.Spider):
    """`scrapy crawl front -a url=https://gazette.example/ -O articles.jsonl`."""

    name = "front"

    def __init__(self, url="https://gazette.example/", **kwargs):
        super().__init__(**kwargs)
        self.url = url

    async def start(self):
        """Begin with the front page, of which no record is wanted."""
        yield scrapy.Request(self.url, meta={"copydesk": False})

    def parse(self, response):
        """Follow the links."""
        yield from response.follow_all(css="a", callback=self.parse_article)

    def parse_article(self, response):
        """An item of the spider's own, beside those of Copydesk."""
        yield {"seen": response.url}
