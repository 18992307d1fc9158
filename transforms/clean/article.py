"""From an extracted article to its repaired parts."""

import xxhash

from schemas import vocabulary
from schemas.documents import Rejected
from transforms.clean.record import Cleaned
from transforms.clean.text import mend_line, mend_text
from transforms.extract.language import likeliest_language
from transforms.extract.record import Extracted


def clean(extracted: Extracted) -> Cleaned | Rejected:
    """The article repaired, or rejected as `empty` if nothing of it was report.

    Cleaning what is clean changes nothing; undamaged text changes in nothing but white space.
    """
    english = _is_english(extracted)
    title, title_repairs = mend_line(extracted.title or "", english=english)
    done = mend_text(extracted.text, english=english)
    if not done.text:
        detail = (
            "nothing is left without sign-ups, cookie and copyright lines; give the page or text of the article itself"
        )
        return Rejected(stage="clean", source_uri=extracted.source_uri, reason="empty", detail=detail)
    repairs = {*done.repairs, *title_repairs}
    return Cleaned(
        text=done.text,
        title=title or None,
        quotes=(*extracted.quotes, *done.quotes),
        dateline_place=done.place,
        dateline_agency=done.agency,
        repairs=tuple(name for name in vocabulary.terms("repair") if name in repairs),
        word_count=len(done.text.split()),
        content_hash=content_hash(title or None, done.text),
    )


def _is_english(extracted: Extracted) -> bool:
    """Whether to mend as English: other languages have words such as Czech "s", which are no lost "'s"."""
    if extracted.language is None:
        return likeliest_language(extracted.text) == "en"
    return extracted.language.split("-")[0] == "en"


def content_hash(title: str | None, text: str) -> str:
    """The hash of a cleaned title and text; the title's length keeps the two apart."""
    return xxhash.xxh3_128_hexdigest(f"{len(title or '')}:{title or ''}{text}".encode("utf-8", "surrogatepass"))
