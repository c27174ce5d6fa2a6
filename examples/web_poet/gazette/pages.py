"""What is special about one site: a page object that takes Copydesk's article and changes a field of it."""

import attrs
from web_poet import HttpResponse, field, handle_urls
from zyte_common_items import AutoArticlePage, Breadcrumb


@handle_urls("gazette.example/trail/")
@attrs.define
class GazettePage(AutoArticlePage):
    """This site prints a trail, of which the record has no field."""

    response: HttpResponse

    @field
    def breadcrumbs(self):
        """The links of the trail."""
        links = self.response.css("nav.trail a")
        return [
            Breadcrumb(name=link.css("::text").get(), url=self.response.urljoin(link.attrib["href"])) for link in links
        ]
