"""The headline of a page, out of what it calls itself in several places."""

import re
from collections.abc import Sequence

from transforms.extract.claims import Claims

_SITE = re.compile(r"\s+[|–—•·»›:-]\s+")
_MAX_TITLE = 300


def choose_title(claims: Claims, publisher: str | None) -> str | None:
    """The headline of a page.

    og:title is what its editors give the article out as, and nearly every page has it; the heading on the page often
    carries a kicker, names the section, or changes with a live blog. It is not believed where it only names the site.
    Then come the headline of JSON-LD, other meta titles, the heading, the window's title.
    """
    for title in (
        *claims.meta_titles[:1],
        claims.headline,
        *claims.meta_titles[1:],
        *claims.headings,
        claims.window_title,
    ):
        if title and _letters(title) != _letters(publisher or ""):
            return _tidy(title, publisher)
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _tidy(title: str, publisher: str | None) -> str:
    """Without the site's name at its end."""
    title = " ".join(title.split())[:_MAX_TITLE]
    parts: Sequence[str] = _SITE.split(title)
    if len(parts) > 1 and publisher and _letters(parts[-1]) in (_letters(publisher), _letters(f"{publisher}.com")):
        title = title[: title.rindex(parts[-1])].rstrip(" |–—•·»›:-")
    return title
