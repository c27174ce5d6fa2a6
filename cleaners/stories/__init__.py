"""Where a story ends and the next one begins."""

from cleaners.stories.split import Start, assign, split, stories

__all__ = ["Start", "assign", "split", "stories"]
