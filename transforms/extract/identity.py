"""The identity of an article: stable under better cleaning, other file names, and the ways to address one page."""

import hashlib
import re

_SCHEME_AND_WWW = re.compile(r"^https?://(?:www\.)?")


def article_id(url: str | None, raw_title: str | None, raw_date: str | None, raw_text: str) -> str:
    """The id of an article: 32 hexadecimal digits, BLAKE2b of 16 bytes.

    Of the canonical URL where one is known (scheme and "www." aside: sites move to HTTPS); else of title, date and
    text as they came. Never of extracted or cleaned text: better extraction must change no id. Never of what a manifest
    says: writing one must change no id but by the URL it gives.

    Args:
        url: a canonical URL, see `canonical_url`.
        raw_title: the title as the record or the feed has it, beside the document.
        raw_date: the date as written there.
        raw_text: the whole document, decoded; of a page its markup.

    """
    if url is not None:
        return _hash("url", _SCHEME_AND_WWW.sub("", url))
    return _hash("text", raw_title or "", raw_date or "", raw_text)


def _hash(*parts: str) -> str:
    """Hash the parts, each preceded by its length, so that no two lists of parts run together to the same bytes."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
