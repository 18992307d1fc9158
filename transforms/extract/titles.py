"""The headline of a page, out of what it calls itself in several places."""

import re
from collections.abc import Sequence

from transforms.extract.claims import Claims

_SITE = re.compile(r"\s+[|–—•·»›:-]\s+")
_MAX_TITLE = 300


def choose_title(claims: Claims, publisher: str | None) -> str | None:
    """The headline of a page: the one that its readers see.

    Editors give a page several: one to read, one for search engines (the window's title), one for social networks
    (og:title, twitter:title). JSON-LD has mostly the first. Where it repeats the window's title it may be for search
    engines: if the page does not show it as a heading, but one of the others, that one goes before it. A heading alone
    comes late: it carries kickers, names sections, and changes with a live blog. A title that only names the site is
    none.

    Measured on 126 news pages of 40 countries: og:title first 0.857, JSON-LD first 0.817, this 0.944. The truth of the
    other seven is not what the page shows, and no rule tells which other: pages of one system have it both ways.
    """
    headline, window = claims.headline, claims.window_title
    shown = [*claims.headings, *claims.subheadings]
    before: list[str] = []
    if headline and window and _letters(headline) in _letters(window) and not _is_shown(headline, shown):
        before = [title for title in claims.meta_titles if _is_shown(title, shown)]
    for title in (*before, headline, *claims.meta_titles, *claims.headings, window):
        if title and _letters(title) != _letters(publisher or ""):
            return _tidy(title, publisher)
    return None


def _is_shown(title: str, headings: Sequence[str]) -> bool:
    """Whether a heading is this title, but for a kicker or the site's name that one of the two has more."""
    pairs = (sorted((_letters(title), _letters(heading)), key=len) for heading in headings)
    return any(short in long and 2 * len(short) >= len(long) for short, long in pairs if short)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _tidy(title: str, publisher: str | None) -> str:
    """Without the site's name at its end."""
    title = " ".join(title.split())[:_MAX_TITLE]
    parts: Sequence[str] = _SITE.split(title)
    if len(parts) > 1 and publisher and _letters(parts[-1]) in (_letters(publisher), _letters(f"{publisher}.com")):
        title = title[: title.rindex(parts[-1])].rstrip(" |–—•·»›:-")
    return title
