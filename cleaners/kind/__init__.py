"""What kind of page this is: an article, a stub of one, or something that yields no record."""
