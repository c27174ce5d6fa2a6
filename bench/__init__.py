"""Measuring and training, not part of what is installed: `python -m bench quality SET PATH`, `python -m bench speed`."""
