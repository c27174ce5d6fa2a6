"""Measuring and training, run from a checkout and not installed: `python -m bench --help` lists the commands."""
