"""Raw responses as web archives (WARC)."""
