"""What form a page's text has, and pages that hold no article: front pages, pages that are gone, consent pages."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lxml.html import HtmlElement

from transforms.extract.claims import ARTICLE_TYPES, Claims

_FEW_WORDS = 25
"""A flash of one sentence has some 30 words, a teaser or a form fewer; the shortest of 126 real pages had 156."""
_MESSAGE_WORDS = 120
"""A message of the site is a few sentences; a report about missing pages or consent is longer."""
_EXCERPT_WORDS = 150
"""What is shown before a paywall is shorter; 15 of 126 real pages say that they have one and show the whole report."""
_FIRST_CHARACTERS = 500
_CONSENT_WORDS = re.compile(
    r"\b(?:cookies?|consent\w*|privacy|partners?|partenaires?|socios|accept\w*|preferences?|settings"
    r"|einwillig\w*|zustimm\w*|datenschutz\w*|personal data|personenbezogen\w*|advertis\w*|device|tracking)\b",
    re.IGNORECASE,
)
_CONSENT_SHARE = 0.04
_TEASERS = 8
_WORDS_OF_A_TEASER = 40
"""In a list of articles each linked heading has a sentence or two; a report with links beside it has far more words."""
_GALLERIES = frozenset(["ImageGallery", "MediaGallery"])


class NoArticleError(ValueError):
    """The page holds no article; the message names the finding and the remedy."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry of the data file."""

    form: str
    pattern: str
    where: str
    example: str


@cache
def signs() -> tuple[Sign, ...]:
    """All entries of the data file."""
    content = files("transforms.extract").joinpath("forms.toml").read_text(encoding="utf-8")
    return tuple(Sign(form=form, **entry) for form, entries in tomllib.loads(content).items() for entry in entries)


@cache
def _compiled(form: str, where: str) -> re.Pattern[str]:
    chosen = [sign.pattern for sign in signs() if (sign.form, sign.where) == (form, where)]
    return re.compile("|".join(f"(?:{pattern})" for pattern in chosen), re.IGNORECASE)


def _found(form: str, where: str, texts: Iterable[str | None]) -> str | None:
    """What of the texts is a sign of a form."""
    pattern = _compiled(form, where)
    return next((match[0].strip() for text in texts if text and (match := pattern.search(text))), None)


def form_of(text: str, claims: Claims, tree: HtmlElement, *, url: str | None, at_home: bool) -> str:
    """The form of the text on a page, a term of `form`.

    Pages with the site's own words (gone, blocked, consent) or with teasers of many articles are refused: no article is
    on them, and what they list is elsewhere. Live blogs, galleries and the beginnings of articles behind a paywall
    pass, but with their form: what they tell is true and dated, only that a live blog tells of many hours, a gallery
    tells one thing often, and an excerpt not the whole. Who counts articles can leave them out.

    Args:
        text: the running text that was found.
        claims: what the page says of itself.
        tree: the page.
        url: its canonical address.
        at_home: whether its canonical address is that of a home page.

    Raises:
        NoArticleError: it holds no article.

    """
    if not text:
        raise NoArticleError("no running text was found on the page; give the page of one article")
    words = _words(text)
    is_article = bool(claims.types & ARTICLE_TYPES) or "og:article" in claims.types
    if (words < _MESSAGE_WORDS or not is_article) and (said := _words_of_the_site(text, words, claims)):
        raise NoArticleError(f"the page only says {said!r}; fetch the article again, or leave it out")
    if not is_article and at_home:
        raise NoArticleError("the page is a front page, by its own address; give the page of one article")
    if (at_home or not is_article) and (listed := _teasers(tree)) >= _TEASERS and words < listed * _WORDS_OF_A_TEASER:
        raise NoArticleError(f"the page lists {listed} articles and tells none; give the page of one article")
    behind_paywall = words < _EXCERPT_WORDS and _has_paywall(claims, tree)
    if words < _FEW_WORDS and (behind_paywall or not is_article):
        why = (
            "the rest is behind a paywall; give the whole article" if behind_paywall else "give the page of one article"
        )
        raise NoArticleError(f"hardly any running text was found on the page ({words} words); {why}")
    titles = (claims.headline, claims.window_title, *claims.headings)
    if "LiveBlogPosting" in claims.types or _found("live_blog", "title", titles) or _found("live_blog", "url", [url]):
        return "live_blog"
    if (
        (claims.types & _GALLERIES and not claims.types & ARTICLE_TYPES)
        or _found("gallery", "title", titles)
        or _found("gallery", "url", [url])
    ):
        return "gallery"
    return "excerpt" if behind_paywall else "article"


def _words(text: str) -> int:
    """How many words a text has; scripts that do not part them have two characters a word."""
    parted = len(text.split())
    return parted if len(text) < 12 * parted else len(text) // 2


def _words_of_the_site(text: str, words: int, claims: Claims) -> str | None:
    """What a page says instead of an article: in its titles, or in a short text."""
    titles = (claims.window_title, *claims.headings)
    beginning = [text[:_FIRST_CHARACTERS]]
    for form in ("missing", "blocked"):
        if said := _found(form, "title", titles) or (words < _MESSAGE_WORDS and _found(form, "text", beginning)):
            return said
    if len(_CONSENT_WORDS.findall(text)) >= _CONSENT_SHARE * words:
        return _found("consent", "title", titles) or _found("consent", "text", beginning)
    return None


def _teasers(tree: HtmlElement) -> int:
    """How many headings of a page are links."""
    return sum(
        heading.find(".//a") is not None or any(above.tag == "a" for above in heading.iterancestors())
        for heading in tree.iter("h2", "h3", "h4")
    )


def _has_paywall(claims: Claims, tree: HtmlElement) -> bool:
    """Whether a page says that it does not show all: by its claim, else in what it shows."""
    if claims.is_free is not None:
        return not claims.is_free
    return _found("paywall", "page", tree.xpath(".//body//text()[not(parent::script or parent::style)]")) is not None
