import re

import pytest

from transforms.extract.gate import NoArticleError, signs
from transforms.extract.page import read_page

SENTENCE = "The ministers met in Tunis and agreed to patrol the coast together, a spokesman told reporters on Monday. "
REPORT = "".join(f"<p>On day {n} of the talks this was said. {SENTENCE * 3}</p>" for n in range(5))
SHORT = f"<p>{SENTENCE * 3}</p>"
ARTICLE = '<meta property="og:type" content="article">'
TEASERS = "".join(
    f'<div><h3><a href="/a/{n}">Ministers meet for the {n}th time</a></h3>'
    f"<p>The ministers met in town number {n}, where they spoke of the coast and of the boats on it.</p></div>"
    for n in range(12)
)
CONSENT = (
    "<p>We and our 842 partners store and access data such as cookies on your device. With your consent we use personal "
    "data for advertising. You can accept or change your privacy settings.</p>" * 5
)


def _page(body: str, head: str = "", title: str = "Ministers meet | Example Wire") -> str:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body><main>{body}</main></body></html>"


def _linked(fields: str) -> str:
    return f'<script type="application/ld+json">{{{fields}}}</script>'


@pytest.mark.parametrize("sign", signs(), ids=lambda s: s.example)
def test_every_sign_is_found_in_its_example(sign):
    assert re.search(sign.pattern, sign.example, re.IGNORECASE)


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (_page("<script>var a = 1</script>"), "no running text"),
        (_page("<p>The minister is in Tunis.</p>"), "hardly any running text"),
        (_page(SHORT, title="404 - Example Wire"), "404"),
        (_page("<h1>Error 404</h1>" + SHORT, ARTICLE), "Error 404"),
        (_page(SHORT, ARTICLE, title="Seite nicht gefunden | Example Wire"), "Seite nicht gefunden"),
        (_page("<h1>Page not found</h1>" + TEASERS), "Page not found"),
        (_page("<p>Sorry. The page you are looking for may have been moved or removed.</p>" + SHORT), "page you are"),
        (_page("<p>Checking your browser before accessing news.example.</p>" + SHORT), "Checking your browser"),
        (_page(CONSENT), "cookies"),
        (_page(CONSENT[: len(CONSENT) // 5], ARTICLE), "cookies"),
        (_page(TEASERS, title="Example Wire: Europe"), "lists 12 articles"),
        (_page(REPORT, '<link rel="canonical" href="https://news.example.com/">'), "front page"),
        (_page(TEASERS, f'{ARTICLE}<link rel="canonical" href="https://news.example.com/">'), "lists 12 articles"),
        (_page("<p>The minister is in Tunis.</p><div>Already a subscriber? Log in</div>", ARTICLE), "paywall"),
    ],
)
def test_pages_without_an_article_are_refused(page, says):
    with pytest.raises(NoArticleError, match=says):
        read_page(page, None)


@pytest.mark.parametrize(
    ("page", "url", "form"),
    [
        (_page(REPORT), None, "article"),
        (_page(REPORT + TEASERS, ARTICLE), None, "article"),
        (_page("<p>The minister is in Tunis.</p>", ARTICLE), None, "article"),
        (_page(REPORT, f'{ARTICLE}<link rel="canonical" href="https://news.example.com/">'), None, "article"),
        (_page(REPORT, title="Migrants not found after shipwreck"), None, "article"),
        (_page(SHORT, title="404 people brought to Pozzallo"), None, "article"),
        (_page(SHORT, title="Access denied to asylum seekers"), None, "article"),
        (_page(SHORT, title="Where the displaced live: a map"), None, "article"),
        (_page(REPORT, _linked('"@type": "LiveBlogPosting"')), None, "live_blog"),
        (_page(REPORT, title="Ministers meet – live updates"), None, "live_blog"),
        (_page(REPORT, title="Ministers meet in Tunis LIVE: Talks begin"), None, "live_blog"),
        (_page(REPORT), "https://news.example.com/world/live/2018/jun/25/ministers", "live_blog"),
        (_page(REPORT, _linked('"@type": "ImageGallery"')), None, "gallery"),
        (_page(REPORT, _linked('"@type": "NewsArticle"') + _linked('"@type": "ImageGallery"')), None, "article"),
        (_page(SHORT, title="In pictures: the ministers"), None, "gallery"),
        (_page(SHORT), "https://news.example.com/gallery/ministers", "gallery"),
        (_page(SHORT, _linked('"@type": "NewsArticle", "isAccessibleForFree": "False"')), None, "excerpt"),
        (_page(REPORT, _linked('"@type": "NewsArticle", "isAccessibleForFree": false')), None, "article"),
        (_page(SHORT + "<div><b>Already a subscriber?</b></div>"), None, "excerpt"),
        (_page(REPORT + "<div>Already a subscriber?</div>"), None, "article"),
        (
            _page(
                SHORT + "<div>Already a subscriber?</div>", _linked('"@type": "Article", "isAccessibleForFree": true')
            ),
            None,
            "article",
        ),
    ],
)
def test_the_form_of_a_text(page, url, form):
    assert read_page(page, url).form == form


def test_scripts_without_spaces_have_words_too():
    japanese = "政府は月曜日、移民の受け入れを拡大する新しい法律の案を国会に提出した。" * 12
    assert read_page(_page(f"<p>{japanese}</p>", _linked('"isAccessibleForFree": false')), None).form == "article"
