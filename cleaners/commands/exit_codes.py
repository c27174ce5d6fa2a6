"""What the exit codes of all commands mean."""

FOUND, NOTHING_FOUND, FAILED, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141

SAME, DIFFERENT = 0, 1
"""What `copydesk diff` ends with, as `diff` does."""
