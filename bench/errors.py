"""What the commands tell in one line in place of a traceback. Nothing but the standard library is needed here, so that
`python -m bench` can say which packages are missing."""

from __future__ import annotations


class BenchError(Exception):
    """A command cannot go on. The message says why, and what to do."""


class MissingCorpusError(BenchError):
    """A corpus, or a part of one, is not where it should be. The message names it."""


class BrokenCorpusError(BenchError):
    """A corpus cannot be read. The message names the file."""


class BrokenScoresError(BenchError):
    """A file of scores that is compared with cannot be used. The message names the file."""
