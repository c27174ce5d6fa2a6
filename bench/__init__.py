"""Measuring and training (not installed): `python -m bench quality SET PATH`, `python -m bench speed`."""
