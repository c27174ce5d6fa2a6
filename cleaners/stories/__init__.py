"""Where a story ends and the next one begins."""

from cleaners.stories.head import with_head
from cleaners.stories.split import Start, assign_stories, find_starts, group_by_story, story_stops

__all__ = ["Start", "assign_stories", "find_starts", "group_by_story", "story_stops", "with_head"]
