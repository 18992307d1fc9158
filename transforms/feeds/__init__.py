"""From the bytes of a feed to its entries, and from an entry to its document."""

from transforms.feeds.documents import entry_page, entry_uri
from transforms.feeds.entries import read_feed
from transforms.feeds.refusal import NotAFeedError

__all__ = ["NotAFeedError", "entry_page", "entry_uri", "read_feed"]
