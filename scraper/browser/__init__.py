"""Pages that a script fills, by a real browser: the add-on, the download handler and its guarded proxy."""
