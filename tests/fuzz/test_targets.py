"""The targets of `make fuzz`, fed with their corpus, in which what was found stays, and with structures of hypothesis."""

import gzip
import html
import json
from pathlib import Path
from typing import Any

import pytest
from fuzz_targets import TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st

CORPUS = Path(__file__).parent / "corpus"
CASES = [(target, path) for target in TARGETS for path in sorted((CORPUS / target).iterdir())]
WORDS = st.sampled_from(
    [
        "Malta",
        "Italy",
        "refused",
        "rescued",
        "234",
        "migrants",
        "asylum",
        "seekers",
        "on",
        "Monday",
        "25",
        "June",
        "2018",
        "By",
        "Ana",
        "Brown",
        "—",
        "“",
        "’",
        "é",
        "\n",
        "\u2028",
        "\ufeff",
    ]
)
TEXT = st.lists(WORDS | st.text(max_size=5), max_size=30).map(" ".join)
HALF = st.sampled_from(["\ud83d", "\udc00 x"])
"""Half a surrogate pair, which JSON can write and nothing else."""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT | HALF,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "@type", "@graph", "x"]), inner)
    ),
    max_leaves=8,
)
DATES = st.sampled_from(["2018-06-25", "Mon, 25 Jun 2018 10:00:00 +0200", "1529884800", "0000-00-00", "25 giugno 2018"])


def objects(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(names), JSON | DATES, max_size=8)


def elements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tag = st.sampled_from(
        [
            "p",
            "div",
            "article",
            "h1",
            "h2",
            "a",
            "table",
            "blockquote",
            "time",
            "ul",
            "li",
            "script",
            "style",
            "meta",
            "span",
            "svg",
            "template",
        ]
    )
    attribute = st.sampled_from(
        ["class=byline", "class=twitter-tweet", "rel=author", "itemprop=datePublished", "href='//[x'", ""]
    )
    return st.builds(
        lambda tag, attribute, inside, close: f"<{tag} {attribute}>{' '.join(inside)}{f'</{tag}>' * close}",
        *(tag, attribute, st.lists(inner, max_size=4), st.integers(0, 2)),
    )


LINKED = objects(
    "@type", "headline", "author", "datePublished", "publisher", "url", "mainEntityOfPage", "isAccessibleForFree"
)
HEAD = st.builds(
    lambda linked, kind, url: (
        f'<script type="application/ld+json">{json.dumps(linked | kind)}</script><link rel=canonical href="{html.escape(url)}">'
    ),
    *(LINKED, st.sampled_from([{}, {"@type": "NewsArticle"}]), TEXT | st.just("https://news.example/a")),
)
PAGE = st.builds(
    lambda head, body: (head + " ".join(body)).encode("utf-8", "replace"),
    HEAD,
    st.lists(st.recursive(TEXT, elements, max_leaves=12), max_size=6),
)
LINES = st.lists(
    objects("id", "url", "title", "published", "publisher", "text", "html", "language", "authors"), max_size=3
).map(lambda lines: "\n".join(map(json.dumps, lines)).encode())
JSON_FEED = st.lists(
    objects("id", "url", "title", "content_html", "content_text", "date_published", "authors"), max_size=3
).map(lambda items: json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode())
ITEM = st.dictionaries(
    st.sampled_from(["title", "link", "guid", "pubDate", "author", "description"]), TEXT | DATES | st.just("&#xD83D;")
)
RSS = st.lists(ITEM, max_size=3).map(
    lambda items: (
        '<rss version="2.0"><channel>'
        + "".join(f"<item>{''.join(f'<{k}>{html.escape(v)}</{k}>' for k, v in item.items())}</item>" for item in items)
    ).encode("utf-8", "replace")
)
FIELDS = st.dictionaries(
    st.sampled_from(
        ["WARC-Target-URI", "WARC-Date", "WARC-Refers-To", "Content-Type", "Content-Length", "Migration-Events-Entry"]
    ),
    st.sampled_from(["text/html", "application/http", "-1", "9" * 30, "file:///x", "2018-06-25T10:00:00Z", "<urn:a>"])
    | JSON.map(json.dumps),
)
RECORD = st.builds(
    lambda kind, fields, body: (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:a>\r\n"
        + "".join(f"{k}: {v}\r\n" for k, v in ({"Content-Length": len(body)} | fields).items())
    ).encode() + b"\r\n" + body + b"\r\n\r\n",
    *(st.sampled_from(["response", "resource", "revisit", "warcinfo"]), FIELDS),
    st.sampled_from([b"", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Malta let it in.</p>", b"HTTP/1.1 x\r\n\r\n"]),
)  # fmt: skip
ARCHIVE = st.lists(RECORD, max_size=3).map(b"".join)
TOML_VALUE = st.one_of(
    TEXT.map(json.dumps), st.sampled_from(["1", "2018-06-25", "10:00:00", "[[]]", "{}", "1" * 5000, "[" * 3000, "nan"])
)
TOML = st.lists(
    st.tuples(
        st.sampled_from(["url", "publisher", "published", "title", "language", "country", "full_text", "headers", "x"]),
        TOML_VALUE,
    )
)
TABLE = TOML.map(lambda pairs: "\n".join(f"{name} = {value}" for name, value in dict(pairs).items()))
CELL = (
    st.sampled_from(
        [
            "event",
            "none",
            "event_date",
            "2018-06",
            "²",
            "٢٠١٨",
            "sources",
            "Italy=ITA/GOV;",
            "yes",
            "no",
            "x",
            "=",
            "place_country",
            "MLT",
            "rescue",
        ]
    )
    | TEXT
)
ROWS = st.lists(st.lists(CELL, max_size=6), max_size=4).map(lambda rows: "\n".join(",".join(row) for row in rows))
HEADERS = st.sampled_from(["event_id,field,value,why\n", "event_type,of_type,event_right,note\n", ""])

STRUCTURES: dict[str, st.SearchStrategy[bytes]] = {
    "text": TEXT.map(lambda text: text.encode("utf-8", "replace")),
    "html": PAGE,
    "jsonl": LINES,
    "warc": ARCHIVE | ARCHIVE.map(gzip.compress),
    "packed": st.binary(max_size=50).map(gzip.compress) | st.binary(max_size=50),
    "feed": JSON_FEED | RSS,
    "robots": st.lists(st.sampled_from(["User-agent: *", "Disallow: /*a*$", "Crawl-delay: -1", "Crawl-delay: nan", "Allow: http://[", "Request-rate: 1/0"]) | TEXT)
    .map(lambda lines: "\n".join(lines).encode("utf-8", "replace")),
    "manifest": TABLE.map(lambda table: f'["a.txt"]\n{table}'.encode("utf-8", "replace")),
    "feed_list": TABLE.map(lambda table: f"[[feed]]\n{table}".encode("utf-8", "replace")),
    "sheets": st.builds(lambda head, rows: (head + rows).encode("utf-8", "replace"), HEADERS, ROWS),
    "coder": TEXT.map(lambda text: text.encode("utf-8", "replace")),
}  # fmt: skip


@pytest.mark.parametrize(("target", "path"), CASES, ids=[f"{target}/{path.name}" for target, path in CASES])
def test_what_the_corpus_holds(target: str, path: Path) -> None:
    TARGETS[target](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_any_structure_is_read_or_turned_away(target: str) -> None:
    @settings(max_examples=20 if target in ("html", "coder") else 40, deadline=None, derandomize=True, database=None)
    @given(STRUCTURES[target])
    def holds(body: bytes) -> None:
        TARGETS[target](body)

    holds()
