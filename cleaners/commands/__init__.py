"""The commands of `copydesk`, one file each.

A command is a module with `add_to(commands)`, which adds its parser and sets `run`, a function from the parsed options
to an exit code. It raises CopydeskError or OSError for what a user can cause; `cleaners.cli` says it in one line.
"""
