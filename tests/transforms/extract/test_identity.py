import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.extract.identity import article_id
from transforms.extract.urls import canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (
            "https://News.Example.com:443/a/story/?utm_source=x&id=3&fbclid=9#top",
            "https://news.example.com/a/story?id=3",
        ),
        ("https://news.example.com/story/", "https://news.example.com/story"),
        ("https://news.example.com/story/amp/", "https://news.example.com/story"),
        ("https://amp.news.example.com/story", "https://news.example.com/story"),
        ("https://news.example.com/amp/story", "https://news.example.com/story"),
        ("https://news.example.com/story.amp.html", "https://news.example.com/story.html"),
        ("https://www.google.com/amp/s/news.example.com/story", "https://news.example.com/story"),
        ("https://news.example.com/read?b=2&a=1&ref=home", "https://news.example.com/read?a=1&b=2"),
        ("https://news.example.com/?p=1234", "https://news.example.com/?p=1234"),
    ],
)
def test_one_form_for_the_ways_to_address_a_page(url, canonical):
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://news.example.com",
            "https://news.example.com/",
            "https://news.example.com/index.html",
            "https://x.com/en/",
        ),
        *("ftp://news.example.com/a", "/story/3", "javascript:void(0)", "not a url", "https://localhost/a", "", None),
        *("https://news.example.com/?utm_source=rss", "http://[broken/a"),
    ],
)
def test_home_pages_and_what_is_no_address_are_not_believed(url):
    assert canonical_url(url) is None


def test_a_relative_address_is_relative_to_its_page():
    assert canonical_url("/story/3", "https://news.example.com/x/y") == "https://news.example.com/story/3"


@given(st.text(max_size=80))
def test_no_string_breaks_it(text):
    once = canonical_url(text)
    assert once is None or canonical_url(once) == once


def test_the_address_decides_where_there_is_one():
    ids = {
        article_id("https://news.example.com/a", title, day, text)
        for title, day, text in [("A", "2018", "x"), (None, None, "y")]
    }
    assert len(ids) == 1
    assert article_id("http://www.news.example.com/a", "A", None, "z") in ids
    assert article_id("https://news.example.com/b", "A", None, "z") not in ids


def test_without_an_address_title_date_and_text_decide():
    one = article_id(None, "Ship docks", "2018-06-25", "The ship docked.")
    assert one == article_id(None, "Ship docks", "2018-06-25", "The ship docked.")
    assert one != article_id(None, "Ship docks", "2018-06-26", "The ship docked.")
    assert one != article_id(None, "Ship docks", None, "The ship docked.")


def test_parts_do_not_run_together():
    assert article_id(None, "a", "b", "c") != article_id(None, "ab", "", "c")
    assert article_id(None, "a", "bc", "") != article_id(None, "a", "b", "c")


def test_the_scheme_of_ids_is_frozen():
    """Ids are kept over runs and versions: these must never change."""
    assert article_id("https://news.example.com/a", None, None, "x") == "22bbd829ee38ef835a16e6ed6d05f3d1"
    assert article_id(None, "Title", "2018-06-25", "Text") == "1c9140442dca11d1dd446af36d5307d2"
