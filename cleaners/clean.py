"""The former path of `clean` and `clean_page`, so that `from cleaners.clean import clean_page` still works."""

from cleaners.pipeline import clean, clean_page

__all__ = ["clean", "clean_page"]
