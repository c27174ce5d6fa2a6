"""The facts about a story that are not its text."""
