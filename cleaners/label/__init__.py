"""Blocks to verdicts: rules on one block, rules on neighbours, and learned scorers for what rules leave open."""
