"""Names of authors out of what is written where authors are named."""

import re
from collections.abc import Iterable, Iterator

_LEAD = re.compile(
    r"^(?:(?:written|reported|posted|published|story|text|words|article|analysis|opinion)\s+)?"
    r"(?:by|von|par|por|di|da|door|af|av|autor(?:en|in|es)?|author|authors|texte?|tekst|foto|photo|auteur|автор)\b\s*[:–-]?\s+"
    r"|^(?:author|authors|autor|autorin|text|redaktion|von|by)\s*:\s*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:;|\||•|·|\n|/|,\s*(?:and|und|et|y|e)\s|,|\s(?:and|und|et|y|e|og|och|en|&|&amp;)\s)\s*")
_TAIL = re.compile(
    r"\s+(?:in|aus|à|en)\s+[A-Z]\w+(?:\s[A-Z]\w+)?$|\s*[(\[].*?[)\]]\s*$|\s+-\s+.*$|\s*@\w+$|\s+(?:for|für|pour)\s+\S.*$"
)
_NO_NAME = re.compile(
    r"@|^\W*$|\d{2}|\.(?:com|org|net|co\.uk)/"
    r"|\b(?:published|updated|min(?:utes?)? read|ago|reporter|correspondent|editor|journalist|redakteur|redacteur"
    r"|follow|share|subscribe|newsletter|contributor|read more|view|profile|comments?|photograph|bild:|foto:|uhr)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|^/")
_STAFF = re.compile(
    r"^(?:admin|administrator|editor|staff|webmaster|user|guest|none|null|unknown|n/a|anonymous|news desk)$", re.I
)
_MAX_NAME = 60
_MAX_AUTHORS = 20


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
