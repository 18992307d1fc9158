"""What cleaning makes of an extracted article."""

from dataclasses import dataclass

from schemas.articles import Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The repaired parts of an article; what is not here stays as extracted."""

    text: str
    """Paragraphs, separated by an empty line; no other line breaks, no two spaces in a row."""
    title: str | None
    quotes: tuple[Quote, ...]
    """Those of the page's markup, then those found in the text, in order."""
    dateline_place: str | None
    dateline_agency: str | None
    repairs: tuple[str, ...]
    """Terms of `repair`, each once, in the order of that vocabulary."""
    word_count: int
    content_hash: str
    """Of title and text: XXH3, 128 bits, 32 hexadecimal digits."""
