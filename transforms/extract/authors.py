"""Names of authors out of what is written where authors are named."""

import re
from collections.abc import Iterable, Iterator, Sequence

_LEAD = re.compile(
    r"^(?:(?:written|reported|posted|published|story|text|words|article|analysis|opinion)\s+)?"
    r"(?:by|von|par|por|di|da|door|af|av|autor(?:en|in|es)?(?:/-?(?:autor)?(?:in)?)?|author|authors|texte?|tekst|auteur|автор)\b\s*[:–-]?\s+"
    r"|^(?:author|authors|autor|autorin|text|redaktion|von|by)\s*:\s*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:;|\||•|·|\n|/|,\s*(?:and|und|et|y|e)\s|,|\s(?:and|und|et|y|e|og|och|en|&|&amp;)\s)\s*")
_TAIL = re.compile(
    r"\s+(?:in|aus|à|en)\s+[A-Z]\w+(?:\s[A-Z]\w+)?$|\s*[(\[].*?[)\]]\s*$|\s+-\s+.*$|\s*@\w+$|\s+(?:for|für|pour)\s+\S.*$"
)
_NO_NAME = re.compile(
    r"[@()\[\]{}]|(?-i:^[a-z]+-[a-z-]+$)|^\W*\d|^\W*$|\d{3}|\.(?:com|org|net|co\.uk)/"
    r"|\b(?:published|updated|min(?:utes?)? read|ago|reporter|correspondent|editor|journalist|redakteur|redacteur"
    r"|follow|share|subscribe|newsletter|contributor|read more|view|profile|comments?|photo|photos"
    r"|photograph|foto|fotos|bild|image|uhr)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|^/")
_STAFF = re.compile(
    r"^(?:admin|administrator|editor|staff|webmaster|user|guest|none|null|unknown|n/a|anonymous|news desk)$", re.I
)
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,6}", re.IGNORECASE)
_MAX_NAME = 60
_MAX_AUTHORS = 20
_FIRST, _LAST = 4, 2
"""Lines in which a text is signed."""


def clean_authors(written: Iterable[str]) -> tuple[str, ...]:
    """The names in some bylines, each once, in order.

    "By", places, roles and accounts are taken off; what is left of a byline and is no name is dropped. An agency or a
    newsroom that signs is kept: it is who wrote it.
    """
    names: dict[str, str] = {}
    for byline in written:
        for name in _names(byline):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())[:_MAX_AUTHORS]


def _names(byline: str) -> Iterator[str]:
    text = _LEAD.sub("", " ".join(byline.split()))
    if _ADDRESS.search(text):
        return
    for part in _SEPARATOR.split(text):
        name = _TAIL.sub("", _LEAD.sub("", part)).strip(" .,:;-–—|*\"'")
        if (
            2 <= len(name) <= _MAX_NAME
            and not _NO_NAME.search(name)
            and not _STAFF.match(name)
            and len(name.split()) <= 6
        ):
            yield name


def signature(lines: Sequence[str]) -> tuple[str, ...]:
    """The names that sign a text in a line of their own, near its beginning or at its end.

    A heading in capitals looks the same, but its words come again in the text; a reporter's name does not.
    """
    for line in (*lines[:_FIRST], *reversed(lines[-_LAST:])):
        names = clean_authors([line]) if len(line) <= _MAX_NAME and line[-1:].isalpha() else ()
        words = [word for name in names for word in name.split()]
        if not names or len(words) < 2 * len(names) or not all(word[0].isupper() for word in words):
            continue
        rest = "\n".join(other for other in lines if other != line)
        if not any(word in rest for word in words):
            return names
    return ()


def is_site_name(name: str, publishers: Iterable[str]) -> bool:
    """Whether a name is that of the site ("Example Times", "example.com"), which stands in for who wrote it."""
    letters = _letters(name)
    return _DOMAIN.fullmatch(name) is not None or any(letters == _letters(publisher) for publisher in publishers)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
