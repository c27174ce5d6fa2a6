"""Folders of a checkout, and the corpora beside it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "cleaners" / "weights"
CORPORA = ROOT.parent / "shared" / "corpora"
