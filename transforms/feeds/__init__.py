"""From the bytes of a feed to its entries, and from an entry to what it says of its document."""

from transforms.feeds.entries import read_feed
from transforms.feeds.hints import entry_page, entry_uri, hints_of
from transforms.feeds.refusal import NotAFeedError

__all__ = ["NotAFeedError", "entry_page", "entry_uri", "hints_of", "read_feed"]
