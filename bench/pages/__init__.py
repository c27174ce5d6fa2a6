"""The pages for training and measuring: readers of annotated corpora, and pages that are made from them."""
