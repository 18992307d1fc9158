"""Addresses of articles: one canonical form for the ways in which one page is addressed."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import courlan

_TRACKING = re.compile(
    r"utm_.+|at_(?:medium|campaign|link.*|ptr.*|bbc.*|format)|mc_[ce]id|pk_.+|mtm_.+|__twitter_impression|outputtype"
    r"|(?:fb|g|dc|ms|tw|y|wbra|gbra)cl(?:s?rc|id)|igshid|_ga|cmp|cmpid|cid|ito|smid|smtyp|ncid|ocid|xtor|spm|sr_share"
    r"|ref|ref_?src|referrer|source|src|share|feed(?:name|type)?|rss|partner|sh|amp|print|taid|ns_.+|guccounter|guce_.+|__tn__",
    re.IGNORECASE,
)
"""Parameters that say how a reader came, not what is read; with courlan's own list, which removes more of them."""

_AMP_HOST = re.compile(r"^amp\.|(?<=\.)amp\.")
_AMP_PATH = re.compile(r"/amp/?$|^/amp(?=/)|\.amp(?=(?:\.html?)?$)|(?<=\.html)\.amp$")
_CACHED = re.compile(
    r"https?://(?:www\.google\.[a-z.]+/amp/(?:s/)?|[a-z0-9-]+\.cdn\.ampproject\.org/[a-z]/(?:s/)?)", re.I
)
_HOME = re.compile(r"/(?:(?:index|default|home)(?:\.[a-z]{2,5})?)?/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?", re.IGNORECASE)


def site_of(url: str) -> str:
    """The host of a canonical address, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def canonical_url(url: str | None, base: str | None = None) -> str | None:
    """The canonical form of an article's address; None where it is none, or that of a home page.

    Host in lower case, no fragment, no default port, no parameters of campaigns and referrers, the others sorted, no
    AMP variant, no slash at the end. A page that gives the home page as its canonical address is not believed.

    Args:
        url: as written.
        base: what a relative address is relative to.

    """
    written = (url or "").strip()
    try:
        if base:
            written = urljoin(base, written)
        if cached := _CACHED.match(written):
            written = f"https://{written[cached.end() :]}"
        parts = urlsplit(courlan.normalize_url(written, trailing_slash=False))
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "." not in host:
        return None
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    path = _AMP_PATH.sub("", parts.path).rstrip("/") or "/"
    if not query and _HOME.fullmatch(path):
        return None
    return urlunsplit((parts.scheme, _AMP_HOST.sub("", parts.netloc), path, urlencode(sorted(query)), ""))
