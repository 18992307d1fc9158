"""The repairs of a text, in their order, until none has anything left to do."""

import re
from dataclasses import dataclass

from schemas.articles import Quote
from transforms.clean.apostrophes import mend_apostrophes
from transforms.clean.boilerplate import take_boilerplate
from transforms.clean.characters import mend_characters
from transforms.clean.dateline import find_dateline, take_credits
from transforms.clean.joints import mend_joints
from transforms.clean.lines import paragraphs_of, squeezed
from transforms.clean.sentences import mend_sentences
from transforms.extract.posts import find_posts

_RUN_OF_SPACES = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedText:
    """A text after its repairs, what was set apart from it, and which repairs had something to do."""

    text: str
    quotes: tuple[Quote, ...] = ()
    place: str | None = None
    agency: str | None = None
    repairs: frozenset[str] = frozenset()


def mend_text(text: str, *, english: bool) -> MendedText:
    """All repairs of an article's text.

    One repair may lay bare what another is for (a dateline behind "Updated 11.40am"), so they go round until none has
    anything to do: mending what is mended changes nothing. The first dateline and the first credit found count.

    Args:
        text: as found.
        english: whether glued words and apostrophes are to be mended.

    """
    done = _round(text, english=english)
    again = done
    while again.repairs:
        again = _round(done.text, english=english)
        done = MendedText(
            text=again.text,
            quotes=(*done.quotes, *again.quotes),
            place=done.place or again.place,
            agency=done.agency or again.agency,
            repairs=done.repairs | again.repairs,
        )
    return done


def mend_line(text: str, *, english: bool) -> tuple[str, frozenset[str]]:
    """The repairs of a headline or a post: characters, apostrophes, white space."""
    plain, repairs = mend_characters(text)
    names = set(repairs)
    mended = mend_apostrophes(plain) if english else plain
    if mended != plain:
        names.add("apostrophes")
    return squeezed(mended), frozenset(names)


def _round(text: str, *, english: bool) -> MendedText:
    text, names = mend_characters(text)
    repairs = set(names)
    text, quotes = _without_posts(_RUN_OF_SPACES.sub(" ", text))
    paragraphs, joined = paragraphs_of(text)
    kept = take_boilerplate(paragraphs)
    if kept != paragraphs:
        repairs.add("boilerplate")
    place = agency = None
    if kept and (dateline := find_dateline(kept[0])) is not None:
        place, agency = dateline.place, dateline.agency
        kept[0] = kept[0][dateline.length :]
        repairs.add("dateline")
    uncredited, credited = take_credits(kept)
    if uncredited != kept:
        repairs.add("credits")
    agency = agency or credited
    parted = [mend_sentences(p) for p in uncredited]
    if english:
        parted = [mend_joints(p) for p in parted]
    mended = [mend_apostrophes(p) for p in parted] if english else parted
    repairs |= {
        name
        for name, before, after in (
            ("line_breaks", False, joined),
            ("glued_words", uncredited, parted),
            ("apostrophes", parted, mended),
            ("posts", (), quotes),
        )
        if before != after
    }
    whole = "\n\n".join(line for p in mended if (line := squeezed(p)))
    return MendedText(text=whole, quotes=quotes, place=place, agency=agency, repairs=frozenset(repairs))


def _without_posts(text: str) -> tuple[str, tuple[Quote, ...]]:
    quotes, parts, at = [], [], 0
    for post in find_posts(text):
        quotes.append(post.quote)
        parts.append(text[at : post.start])
        at = post.end
    return "".join([*parts, text[at:]]), tuple(quotes)
