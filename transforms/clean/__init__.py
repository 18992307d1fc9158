"""Repairs to the text of an article: pure functions, each named in `repairs` when it mended something."""

from transforms.clean.article import clean
from transforms.clean.record import Cleaned

__all__ = ["Cleaned", "clean"]
