import pytest

from transforms.extract.claims import Claims
from transforms.extract.gate import NoArticleError, refuse_what_is_no_article

SHORT = "The minister is in Tunis."
REPORT = "The ministers met in Tunis and agreed to patrol the coast together, a spokesman said. " * 12
ARTICLE = frozenset(["NewsArticle"])


@pytest.mark.parametrize(
    ("text", "claims", "at_home", "says"),
    [
        ("", Claims(), False, "no running text"),
        (SHORT, Claims(), False, "hardly any running text"),
        (REPORT, Claims(types=frozenset(["WebSite", "og:website"])), True, "front page"),
        (SHORT, Claims(window_title="404 - Page not found"), False, "404"),
        (SHORT, Claims(window_title="Seite nicht gefunden", types=ARTICLE), False, "nicht gefunden"),
        ("Before you continue to our site " + SHORT, Claims(), False, "Before you continue"),
    ],
)
def test_no_articles(text, claims, at_home, says):
    with pytest.raises(NoArticleError, match=says):
        refuse_what_is_no_article(text, claims, at_home=at_home)


@pytest.mark.parametrize(
    ("text", "claims", "at_home"),
    [
        (REPORT, Claims(), False),
        (SHORT, Claims(types=ARTICLE), False),
        (REPORT, Claims(types=ARTICLE), True),
        (REPORT, Claims(window_title="Migrants not found after shipwreck"), False),
    ],
)
def test_articles_pass(text, claims, at_home):
    refuse_what_is_no_article(text, claims, at_home=at_home)
