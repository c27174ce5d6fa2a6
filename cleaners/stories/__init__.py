"""Where a story ends and the next one begins."""

from cleaners.stories.head import with_head
from cleaners.stories.split import Start, assign, split, stops, stories

__all__ = ["Start", "assign", "split", "stops", "stories", "with_head"]
