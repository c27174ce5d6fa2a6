"""Articles for page objects: scrapy-poet gives a callback the `Article` of zyte-common-items, made by Copydesk."""
