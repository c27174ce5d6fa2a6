"""A reactor for the tests that make a crawler: the lowest version of Scrapy asks for one."""

from scrapy.utils.reactor import install_reactor

install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")


def pytest_unconfigure() -> None:
    """Close the reactor's loop, which nothing runs."""
    from twisted.internet import reactor

    reactor._asyncioEventloop.close()  # type: ignore[attr-defined]
