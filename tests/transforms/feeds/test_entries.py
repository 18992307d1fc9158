"""Feeds of all formats and states, written and real: entries, or one clear refusal."""

import json
import resource
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.feeds import Entry
from transforms.extract.dates import read_date
from transforms.feeds import NotAFeedError, read_feed

URL = "https://news.example/feeds/all.xml"


def rss(items: str, version: str = "2.0") -> bytes:
    return f'<rss version="{version}"><channel><title>News</title>{items}</channel></rss>'.encode()


ITEM = "<item><title>Boat &amp;amp; crew</title><link>/a?x=1</link><guid>tag:7</guid><pubDate>Mon, 25 Jun 2018 01:20:00 +0200</pubDate>"
EXPECTED = ("tag:7", "https://news.example/a?x=1", "Boat & crew", "2018-06-25")

FORMATS: dict[str, tuple[bytes, str, tuple[str, ...]]] = {
    "RSS 2.0": (rss(ITEM + "<author>a@b.example (Ann Bell)</author></item>"), "rss20", EXPECTED),
    "RSS 0.91": (rss(ITEM + "</item>", "0.91"), "rss091u", EXPECTED),
    "RSS, never closed": (rss(ITEM + "</item>").partition(b"</channel>")[0], "rss20", EXPECTED),
    "RSS, bare ampersand": (rss(ITEM.replace("x=1", "x=1&y=2") + "</item>"), "rss20", ("tag:7", "https://news.example/a?x=1&y=2", *EXPECTED[2:])),
    "RDF": (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        b' xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="tag:7"><title>Boat &amp;amp; crew</title>'
        b"<link>/a?x=1</link><dc:date>2018-06-25T01:20:00+02:00</dc:date></item></rdf:RDF>",
        "rss10",
        EXPECTED,
    ),
    "Atom": (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:7</id><title type="html">Boat &amp;amp; &lt;b&gt;crew&lt;/b&gt;</title>'
        b'<link href="../a?x=1"/><published>2018-06-25T01:20:00+02:00</published></entry></feed>',
        "atom10",
        EXPECTED,
    ),
    "JSON Feed": (
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "items": [
                    {"id": "tag:7", "url": "/a?x=1", "title": "Boat & crew", "date_published": "2018-06-25T01:20:00+02:00"}
                ],
            }
        ).encode(),
        "json11",
        EXPECTED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_each_format(name: str) -> None:
    body, version, expected = FORMATS[name]
    content = read_feed(body, URL, "text/xml; charset=utf-8")
    (entry,) = content.entries
    assert content.version == version
    date = read_date(entry.published)
    assert (entry.entry_id, entry.link, entry.title, date and str(date.day)) == expected


def entries(items: str) -> list[Entry]:
    return list(read_feed(rss(items), URL).entries)


def test_people_are_authors_and_addresses_are_not() -> None:
    for written, authors in (
        ("<author>a@b.example (Ann Bell)</author>", ("Ann Bell",)),
        ("<author>a@b.example</author>", ()),
        ('<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Ann Bell</dc:creator>', ("Ann Bell",)),
    ):
        assert entries(f"<item><guid>1</guid>{written}</item>")[0].authors == authors


def test_the_longest_text_is_the_entrys() -> None:
    content = '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">&lt;p&gt;All of it.&lt;/p&gt;</content:encoded>'
    (entry,) = entries(f"<item><guid>1</guid><description>Some</description>{content}</item>")
    assert entry.text == "<p>All of it.</p>"


def test_each_entry_once_and_ids_that_name_several_name_none() -> None:
    found = entries(
        "<item><guid isPermaLink='false'>0</guid><link>/a</link></item>"
        "<item><guid isPermaLink='false'>0</guid><link>/b</link></item>"
        "<item><guid isPermaLink='false'>1</guid><link>/c</link></item>"
        "<item><guid isPermaLink='false'>1</guid><link>/c</link></item>"
        "<item><title>No id, no link</title></item><item></item>"
    )
    assert [(e.entry_id, e.link and e.link[-2:]) for e in found] == [
        ("https://news.example/a", "/a"),
        ("https://news.example/b", "/b"),
        ("1", "/c"),
        ("No id, no link", None),
    ]


REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"  ", "empty"),
    "a page": (b"<!DOCTYPE html><html><head><title>404</title></head></html>", "a web page"),
    "a page with a feed": (b'<html><link rel=alternate type="application/rss+xml" href="/rss"></html>', "'/rss'"),
    "OPML": (b'<?xml version="1.0"?><opml version="2.0"><body/></opml>', "OPML"),
    "packed": (b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
    "JSON": (b'{"posts": []}', "no JSON Feed"),
    "JSON of another kind": (b'{"version": "https://jsonfeed.org/version/1", "items": 3}', "no JSON Feed"),
    "broken JSON": (b'{"version": ', "begins as JSON"),
    "deep JSON": (b'{"a":' * 100_000, "begins as JSON"),
    "the name of a file": (b"/etc/passwd", "neither RSS"),
    "an address": (b"http://127.0.0.1:1/", "neither RSS"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_feed_is_refused_with_a_remedy(name: str) -> None:
    body, said = REFUSED[name]
    with pytest.raises(NotAFeedError, match=said):
        read_feed(body, URL)


def declared(*entities: str) -> bytes:
    doctype = "".join(f'<!ENTITY {name} "{value}">' for name, value in (e.split("=", 1) for e in entities))
    return f'<?xml version="1.0"?><!DOCTYPE rss [{doctype}]>'.encode()


TITLED = b'<rss version="2.0"><channel><item><guid>1</guid><title>%s</title></item></channel></rss>'
HOSTILE: dict[str, bytes] = {
    "a billion laughs": declared("a=lol", *(f"{b}={f'&{a};' * 10}" for a, b in zip("abcdefghi", "bcdefghij", strict=True))) + TITLED % b"&j;",
    "quadratic blow-up": declared("a=" + "a" * 50_000) + TITLED % (b"&a;" * 50_000),
    "an entity from a file": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + TITLED % b"&a;",
    "a DTD from elsewhere": b'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">' + TITLED % b"&a;",
    "deep nesting": TITLED % (b"<b>" * 20_000),
    "many tags begun": b"<rss><channel>" + b"<" * 200_000,
    "many entries": b'<rss version="2.0"><channel>' + b"".join(b"<item><guid>%d</guid></item>" % n for n in range(4_000)),
    "many references": TITLED % (b"&#" * 200_000),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_feeds_cost_little(name: str) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    content = read_feed(HOSTILE[name], URL)
    assert len(content.entries) <= 2_000
    assert not any("root:" in (entry.title or "") for entry in content.entries)
    assert time.process_time() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB


@given(st.binary(max_size=200) | st.text(alphabet="<>&;![]/?rssitemlnk \"'=-{}:,", max_size=200).map(str.encode))
def test_any_bytes_are_entries_or_one_refusal(body: bytes) -> None:
    try:
        content = read_feed(body, URL)
    except NotAFeedError:
        return
    assert len({entry.entry_id for entry in content.entries}) == len(content.entries)


def test_the_shared_feeds_give_their_entries(shared: Path) -> None:
    index = [json.loads(line) for line in (shared / "feeds" / "index.jsonl").read_text().splitlines()]
    refused, fewer = [], {}
    for row in index:
        try:
            content = read_feed((shared / "feeds" / row["file"]).read_bytes(), URL)
        except NotAFeedError as refusal:
            assert row["items"] == 0, row["file"]
            refused.append((row["kind"], str(refusal)))
            continue
        if len(content.entries) != row["items"]:
            fewer[row["file"]] = row["items"] - len(content.entries)
    assert len(index) == 193
    assert {kind for kind, _ in refused} == {"opml", "other"}
    assert len(refused) == 13
    # One entry is listed twice; one has neither an id, nor a link, a title or a text.
    assert fewer == {"rss-parser--itunes-missing-image.rss": 1, "miniflux--no_encoding_ISO-8859-1.xml": 1}
