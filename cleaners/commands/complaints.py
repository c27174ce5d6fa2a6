"""What a command has to say beside its output."""

from __future__ import annotations

import re
import sys

from cleaners.commands.exit_codes import FAILED

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def complain(message: str) -> int:
    """Say on standard error, in one line, what is wrong; the exit code for it."""
    print(complaint(message), file=sys.stderr)
    return FAILED


def complaint(message: str) -> str:
    """The line that says it. Names of files may hold anything, but steer no terminal."""
    return "copydesk: " + _CONTROLS.sub(lambda control: f"\\x{ord(control[0]):02x}", message)
