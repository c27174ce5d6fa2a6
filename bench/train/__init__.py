"""Training: one file for each learned model, from the corpora to its weights."""
