"""From the bytes of a document to the article in it: decoding, the page's own claims, date, language, identity."""

from transforms.extract.document import extract
from transforms.extract.record import Extracted

__all__ = ["Extracted", "extract"]
