"""Lets shells complete the names of files, without the library that writes the completions."""

from __future__ import annotations

import argparse

FILES = {
    "bash": "_shtab_compgen_files",
    "zsh": "_files",
    "tcsh": "f",
    "fish": "(__fish_complete_path (commandline -ct))",
    "powershell": "_shtab_powershell_compgen_files",
}
"""What completes the name of a file in each shell. It is `shtab.FILE`, spelled out because shtab is only needed for
`copydesk completion`, and takes longer to load than a page to clean; a test compares."""


def complete_files(*arguments: argparse.Action) -> None:
    """Let shells complete names of files here."""
    for argument in arguments:
        argument.complete = FILES  # type: ignore[attr-defined]
