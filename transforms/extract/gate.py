"""Pages that hold no article: front pages, pages that are gone, consent pages, pages without running text."""

import re

from transforms.extract.claims import ARTICLE_TYPES, Claims

_FEW_WORDS = 25
"""A flash of one sentence has some 30 words, a teaser or a form fewer; the shortest of 126 real pages had 156."""
_MESSAGE_WORDS = 120
"""A message of the site is a few sentences; a report about missing pages or consent is longer."""
_GONE = re.compile(
    r"\b(?:404|page (?:not found|no longer available|does not exist)|not found|seite nicht gefunden|page introuvable"
    r"|página no encontrada|pagina non trovata|nie znaleziono strony|pagina niet gevonden|access denied|forbidden)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:before you continue|cookie (?:consent|settings|preferences)|we (?:value|care about) your privacy"
    r"|privacy (?:center|choices)|are you a robot|verify (?:that )?you are (?:a )?human|checking your browser)\b",
    re.IGNORECASE,
)


class NoArticleError(ValueError):
    """The page holds no article; the message names the finding and the remedy."""


def refuse_what_is_no_article(text: str, claims: Claims, *, at_home: bool) -> None:
    """Let a page with an article pass.

    Args:
        text: the running text that was found.
        claims: what the page says of itself.
        at_home: whether its canonical address is that of a home page.

    Raises:
        NoArticleError: it holds none.

    """
    words = max(len(text.split()), len(text) // 8)  # some scripts have no spaces
    calls_itself_article = bool(claims.types & ARTICLE_TYPES) or "og:article" in claims.types
    if not text:
        raise NoArticleError("no running text was found on the page; give the page of one article")
    title = claims.window_title or ""
    if words < _MESSAGE_WORDS and (found := _GONE.search(title) or _CONSENT.search(f"{title} {text[:500]}")):
        raise NoArticleError(f"the page only says {found[0]!r}; fetch the article again, or leave it out")
    if at_home and not calls_itself_article:
        raise NoArticleError("the page is a front page, by its own address; give the page of one article")
    if words < _FEW_WORDS and not calls_itself_article:
        raise NoArticleError(
            f"hardly any running text was found on the page ({words} words); give the page of one article"
        )
