"""Finding articles: the links, feeds and sitemaps that lead to them, and the parts of a page that an outlet selects."""
