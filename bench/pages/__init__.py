"""The pages that are trained on and measured: annotated corpora, and pages made from them."""
