from dataclasses import replace
from datetime import date

import pytest

from schemas.documents import MAX_BODY_BYTES, Hints, RawDocument, Rejected
from transforms.extract import Extracted, extract

TEXT = "The ministers met in Tunis on Monday and agreed to patrol the coast together, their spokesman told reporters."
PAGE = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Ministers meet | Example Wire</title>
<link rel="canonical" href="https://www.news.example.com/ministers?utm_source=x">
<meta property="og:title" content="Ministers meet"><meta property="og:site_name" content="Example Wire">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Ministers meet in Tunis", "datePublished": "2018-06-25T23:30:00+02:00",
"author": [{{"@type": "Person", "name": "By Anna Example"}}, {{"@type": "Person", "name": "Ben Sample, Europe Editor"}}]}}
</script></head><body><header><a href="/">Home</a></header><article><h1>Ministers meet</h1>
{"".join(f"<p>{TEXT}</p>" for _ in range(4))}
<blockquote class="twitter-tweet"><p>Sono a Tunisi per i colloqui di oggi.</p>— A. Example (@example)
<a href="https://twitter.com/example/status/1">June 25, 2018</a></blockquote></article></body></html>"""


def _document(text: str | bytes = TEXT, **fields: object) -> RawDocument:
    body = text if isinstance(text, bytes) else text.encode()
    plain = RawDocument(
        source_uri="a.txt", source_file="a.txt", source_kind="seed", media_type="text/plain", body=body, raw_hash="0"
    )
    return replace(plain, **fields)


def _extracted(text: str | bytes = TEXT, **fields: object) -> Extracted:
    extracted = extract(_document(text, **fields))
    assert isinstance(extracted, Extracted)
    return extracted


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"--- * ---", "empty"),
        (b"\x00\x01\x02" * 50, "binary"),
        (b"\x81\x8d\x8f\x90\x9d" * 60, "undecodable"),
        (b"word " * (MAX_BODY_BYTES // 5 + 1), "too_large"),
    ],
)
def test_what_is_no_article_is_rejected_with_a_remedy(body, reason):
    rejected = extract(_document(body))
    assert isinstance(rejected, Rejected)
    assert (rejected.stage, rejected.source_uri, rejected.reason) == ("extract", "a.txt", reason)
    assert len(rejected.detail.split()) > 3


@pytest.mark.parametrize("markup", ["<html><body></body></html>", "<html><script>var a = 1</script></html>", "<p></p>"])
def test_a_page_without_text_is_no_article(markup):
    rejected = extract(_document(markup, media_type="text/html"))
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "not_an_article"


def test_a_plain_text_has_what_is_said_of_it_and_nothing_made_up():
    bare = _extracted()
    assert (bare.title, bare.publisher, bare.url, bare.published_date, bare.authors) == (None, None, None, None, ())
    assert bare.language == "en"
    assert bare.text == TEXT


def test_the_manifest_wins_over_the_record():
    record = Hints(title="Record", publisher="R", published="2018-06-24", url="https://news.example.com/r")
    told = _extracted(record=record, manifest=Hints(title="Manifest", published="2018-06-25"))
    assert (told.title, told.publisher, told.url) == ("Manifest", "R", "https://news.example.com/r")
    assert (told.published_date, told.published_basis) == (date(2018, 6, 25), "manifest")


def test_the_record_wins_over_the_page():
    record = Hints(title="Record", published="2018-06-24", authors=("R. Example",))
    told = _extracted(PAGE, media_type="text/html", record=record, record_basis="feed")
    assert (told.title, told.authors) == ("Record", ("R. Example",))
    assert (told.published_date, told.published_basis) == (date(2018, 6, 24), "feed")


def test_a_hint_that_is_no_date_says_nothing():
    assert _extracted(record=Hints(published="6 YEARS AGO")).published_date is None
    told = _extracted(PAGE, media_type="text/html", record=Hints(published="6 YEARS AGO"))
    assert told.published_basis == "page"


def test_the_day_of_an_embedded_post_dates_a_text_that_nothing_else_dates():
    dated = _extracted(f"{TEXT}\n\nSono a Tunisi. — A. Example (@example) June 25, 2018")
    assert (dated.published_date, dated.published_precision, dated.published_basis) == (
        date(2018, 6, 25),
        "day",
        "text",
    )
    prose = _extracted(f"{TEXT} It was signed on June 25, 2018.")
    assert prose.published_date is None


def test_a_page_says_what_it_is():
    page = _extracted(PAGE, media_type="text/html")
    assert page.text.split("\n")[-1] == TEXT
    assert page.title == "Ministers meet in Tunis"
    assert page.authors == ("Anna Example", "Ben Sample")
    assert page.publisher == "Example Wire"
    assert page.url == "https://www.news.example.com/ministers"
    assert page.language == "en-GB"
    assert str(page.published_at) == "2018-06-25 21:30:00+00:00"
    assert (page.published_date, page.published_precision, page.published_basis) == (
        date(2018, 6, 25),
        "second",
        "page",
    )
    assert [(q.author, q.posted_on) for q in page.quotes] == [("A. Example", date(2018, 6, 25))]
    assert "Tunisi" not in page.text


def test_identity_is_the_address_or_else_what_came():
    page = _extracted(PAGE, media_type="text/html")
    assert page.article_id == _extracted(record=Hints(url=page.url)).article_id
    plain = _extracted()
    assert plain.article_id == _extracted(source_uri="b.txt", raw_hash="1").article_id
    assert plain.article_id == _extracted(manifest=Hints(title="T", published="2018-06-25")).article_id
    assert plain.article_id != _extracted(record=Hints(title="T")).article_id
    assert plain.article_id != _extracted(f"{TEXT} ").article_id
