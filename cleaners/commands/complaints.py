"""What a command has to say beside its output."""

from __future__ import annotations

import sys

from cleaners.commands.exit_codes import FAILED


def complain(message: str) -> int:
    """Say on standard error, in one line, what is wrong; the exit code for it."""
    print(f"copydesk: {message}", file=sys.stderr)
    return FAILED
