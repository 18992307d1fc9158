"""From the sentences of an article to coded events (see docs/coder.md)."""
