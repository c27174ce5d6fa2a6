"""Pages to blocks: `text` for dumps without markup, `html` for parsed pages."""
