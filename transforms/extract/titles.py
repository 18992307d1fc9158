"""The headline of a page, out of what it calls itself in several places."""

import re
from collections.abc import Sequence

from transforms.extract.claims import Claims

_SITE = re.compile(r"\s+[|–—•·»›:-]\s+")
_MAX_TITLE = 300


def choose_title(claims: Claims, publisher: str | None) -> str | None:
    """The headline of a page.

    Editors give a page several: one to read, one for search engines (the window's title), one for social networks
    (og:title, twitter:title). JSON-LD has mostly the first; where it repeats the window's title instead, og:title is
    nearer to what is read, unless twitter:title sides with JSON-LD. The heading on the page comes late: it carries
    kickers, names sections, and changes with a live blog. A title that only names the site is none.

    Measured on 126 news pages of 40 countries: og:title first 0.857, JSON-LD first 0.817, this 0.929.
    """
    headline, window = claims.headline, claims.window_title
    for_search = headline is not None and window is not None and _holds(window, headline)
    confirmed = headline is not None and any(_holds(t, headline) for t in claims.meta_titles[1:])
    first = [headline] if headline and (not for_search or confirmed) else []
    for title in (*first, *claims.meta_titles, headline, *claims.headings, window):
        if title and _letters(title) != _letters(publisher or ""):
            return _tidy(title, publisher)
    return None


def _holds(whole: str, part: str) -> bool:
    return _letters(part) in _letters(whole)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _tidy(title: str, publisher: str | None) -> str:
    """Without the site's name at its end."""
    title = " ".join(title.split())[:_MAX_TITLE]
    parts: Sequence[str] = _SITE.split(title)
    if len(parts) > 1 and publisher and _letters(parts[-1]) in (_letters(publisher), _letters(f"{publisher}.com")):
        title = title[: title.rindex(parts[-1])].rstrip(" |–—•·»›:-")
    return title
