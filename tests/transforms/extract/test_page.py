"""Pages in the shapes that sites give them, each with one thing that must be decided."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from schemas.documents import RawDocument
from transforms.extract import Extracted, extract
from transforms.extract.gate import NoArticleError
from transforms.extract.page import read_page

PARAGRAPHS = [
    "The ministers of Italy and Tunisia met on Monday and agreed to patrol the coast together, a spokesman told reporters.",
    "Most of the boats that reach the island set out from the beaches around the port of Sfax, where police are few.",
    "Both sides will meet again in the autumn, when the agreement is to be signed in the presence of the commissioner.",
]


def _page(head: str = "", before: str = "", body: list[str] | None = None) -> str:
    paragraphs = "".join(f"<p>{p}</p>" for p in (body or PARAGRAPHS))
    return (
        f"<!doctype html><html><head><title>Window | Example Wire</title>{head}</head>"
        f"<body><article>{before}{paragraphs}</article></body></html>"
    )


def _linked(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {fields}}}</script>'


SOCIAL = '<meta property="og:title" content="Social">'
PATH_OF_LINKS = '<div class="breadcrumbs"><a href="/">Home</a> <a href="/europe">Europe</a> <h1>Window</h1></div>'


@pytest.mark.parametrize(
    ("head", "before", "title"),
    [
        (_linked('"headline": "Linked"') + SOCIAL, "", "Linked"),
        (_linked('"headline": "Window"') + SOCIAL, "", "Window"),
        (
            '<meta property="og:title" content="Social | Example Wire"><meta property="og:site_name" content="Example Wire">',
            "",
            "Social",
        ),
        (
            '<meta property="og:title" content="Example Wire"><meta property="og:site_name" content="Example Wire">',
            "<h1>Shown</h1>",
            "Shown",
        ),
        (_linked('"headline": "Window"') + SOCIAL, "<h1>Window</h1>", "Window"),
        (_linked('"headline": "Window"') + SOCIAL, "<h1>Social</h1>", "Social"),
        (_linked('"headline": "Window"') + SOCIAL, "<h1>Talks in Tunis</h1>", "Window"),
        (_linked('"headline": "Window"') + SOCIAL, f"{PATH_OF_LINKS}<h2>Europe Social</h2>", "Social"),
        (_linked('"headline": "Linked"') + SOCIAL, "<h1>Social</h1>", "Linked"),
        ("", "<h1>Shown</h1>", "Shown"),
        ("", "", "Window | Example Wire"),
    ],
)
def test_the_title_is_the_one_written_for_readers(head, before, title):
    assert read_page(_page(head, before), None).title == title


@pytest.mark.parametrize(
    ("head", "before", "authors"),
    [
        (_linked('"author": {"@type": "Person", "name": "Anna Example"}'), "", ("Anna Example",)),
        (_linked('"author": ["Anna Example", {"name": "Ben Sample"}]'), "", ("Anna Example", "Ben Sample")),
        ('<meta name="author" content="Anna Example and Ben Sample">', "", ("Anna Example", "Ben Sample")),
        (
            '<meta property="article:author" content="https://social.example/anna">',
            '<a rel="author">Anna Example</a>',
            ("Anna Example",),
        ),
        (
            _linked('"author": {"name": "Example Wire"}, "publisher": {"name": "Example Wire"}'),
            '<p class="byline">By Anna Example</p>',
            ("Anna Example",),
        ),
        (_linked('"author": {"name": "Example Wire"}, "publisher": {"name": "Example Wire"}'), "", ("Example Wire",)),
        ("", "<p>By Anna Example</p>", ("Anna Example",)),
        ("", "<p>von <a>Anna Example</a></p>", ("Anna Example",)),
        ("", "<p>By Anna Example,\n in <a>News</a> · 3 comments</p>", ("Anna Example",)),
        ("", "<li><strong>Autorin/Autor</strong> Anna Example</li>", ("Anna Example",)),
        ("", "<li>Von: <a>Anna Example</a>, <a>Ben Sample</a></li>", ("Anna Example", "Ben Sample")),
        ("", "<p>By Monday evening the ministers had agreed: the patrols will begin.</p>", ()),
        ("", "", ()),
    ],
)
def test_authors_are_people_or_else_the_newsroom(head, before, authors):
    assert read_page(_page(head, before), None).authors == authors


@pytest.mark.parametrize(
    ("head", "before", "day"),
    [
        (_linked('"datePublished": "2018-06-25T10:00:00Z", "dateModified": "2018-06-27"'), "", date(2018, 6, 25)),
        ('<meta property="article:published_time" content="2018-06-25T10:00:00Z">', "", date(2018, 6, 25)),
        (_linked('"datePublished": ""') + '<meta name="pubdate" content="20180625">', "", date(2018, 6, 25)),
        ("", '<time datetime="2018-06-25">Monday</time>', date(2018, 6, 25)),
        ("", "<time>25 June 2018</time>", date(2018, 6, 25)),
        ('<link rel="canonical" href="https://news.example.com/2018/06/25/talks">', "", date(2018, 6, 25)),
        ("", "<p>01.06.2018</p><h1>Talks</h1><ul><li><b>Date</b> 25.06.2018</li></ul>", date(2018, 6, 25)),
    ],
)
def test_the_day_of_publication(head, before, day):
    published = read_page(_page(head, before), None).published
    assert published is not None
    assert published.day == day


def test_a_day_in_the_address_says_so():
    published = read_page(
        _page('<link rel="canonical" href="https://news.example.com/2018/06/25/talks">'), None
    ).published
    assert published is not None
    assert (published.basis, published.precision) == ("url", "day")


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json">/* <![CDATA[ */ {"@type": "NewsArticle", "headline": "Linked"} /* ]]> */</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": ["Article"], "headline": "Linked",}]}</script>',
        '<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Linked", "a": "line\nbreak"}]</script>',
        '<script type="application/ld+json">{"@type": "BreadcrumbList"</script>' + _linked('"headline": "Linked"'),
    ],
)
def test_linked_data_is_read_as_pages_have_it(script):
    assert read_page(_page(script), None).title == "Linked"


def test_title_byline_and_date_are_no_part_of_the_report():
    before = "<h1>Talks in Tunis</h1><p>By Anna Example</p><p>25 June 2018</p>"
    page = read_page(_page(_linked('"headline": "Talks in Tunis", "author": "Anna Example"'), before), None)
    assert page.text.split("\n") == PARAGRAPHS


def test_lists_of_links_and_key_points_are_no_part_of_the_report():
    before = "<ul><li>Two ministers met in Tunis on Monday.</li><li>They will patrol together.</li></ul>"
    body = [
        *PARAGRAPHS,
        "</p><ul><li>The minister's other journeys</li><li>The commissioner spoke in Rome.</li></ul><p>",
    ]
    lines = read_page(_page("", before, body), None).text.split("\n")
    assert lines[:3] == PARAGRAPHS
    assert lines[3:] == ["- The commissioner spoke in Rome."]


def test_what_is_linked_with_a_label_is_no_part_of_the_report():
    body = [*PARAGRAPHS, 'ALSO READ: <a href="/spoke">The commissioner spoke in Rome of the ships</a>']
    assert read_page(_page("", "", body), None).text.split("\n") == PARAGRAPHS
    said = "Read: a word that he used for the law that nobody knew, as he told reporters in Tunis."
    assert read_page(_page("", "", [*PARAGRAPHS, said]), None).text.split("\n") == [*PARAGRAPHS, said]


def test_a_standfirst_that_the_page_shows_begins_the_report():
    standfirst = "Two ministers agree in Tunis on patrols along the coast"
    head = f'<meta property="og:description" content="{standfirst}">'
    shown = _page(head).replace("<article>", f"<header><h2>{standfirst}</h2></header><article>")
    assert read_page(shown, None).text.split("\n")[0] == standfirst
    assert standfirst not in read_page(_page(head), None).text


def test_real_pages_are_taken_for_articles(shared: Path):
    """One in eight of them, for the time it takes."""
    for path in sorted((shared / "pages" / "html").glob("*.gz"))[::8]:
        document = RawDocument(
            source_uri=path.name,
            source_file=path.name,
            source_kind="seed",
            media_type="text/html",
            body=gzip.decompress(path.read_bytes()),
            raw_hash="",
        )
        extracted = extract(document)
        assert isinstance(extracted, Extracted), path.name
        assert extracted.title
        assert len(extracted.text) > 200


def test_a_home_page_as_canonical_address_is_not_believed():
    """The page is an article all the same, if it says so or was fetched from an article's address."""
    home = '<link rel="canonical" href="https://news.example.com/">'
    assert read_page(_page(home + _linked('"headline": "Talks"')), None).url is None
    assert read_page(_page(home), "https://news.example.com/talks").url is None
    with pytest.raises(NoArticleError, match="front page"):
        read_page(_page(home), None)


def test_the_publisher_is_the_site_where_the_page_names_none():
    address = '<link rel="canonical" href="https://www.news.example.com/talks">'
    assert read_page(_page(address), None).publisher == "news.example.com"
    named = address + '<meta property="og:site_name" content="Example Wire">'
    assert read_page(_page(named), None).publisher == "Example Wire"
