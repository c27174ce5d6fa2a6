"""Explains a cleaned page: what was kept, what was dropped and why, in a terminal, as HTML or as JSON."""

from cleaners.explaining.page_html import html_closing, html_opening, html_page
from cleaners.explaining.page_json import explained_row
from cleaners.explaining.page_terminal import terminal_page

__all__ = ["explained_row", "html_closing", "html_opening", "html_page", "terminal_page"]
