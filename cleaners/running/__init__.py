"""Cleaning many pages: workers, outputs, the journal, and resuming an interrupted run."""
