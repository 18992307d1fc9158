"""Whether a document can be about migration, by a look at it as it came: what `--relevant-only` asks of each.

A page is not parsed and its text not extracted. Its bytes are searched for paragraphs, and these for the words of
`events/relevance.yaml`; where one is found that speaks of migration, the paragraphs are weighed as an article's text
is. That takes a twentieth of the time that reading the page takes. As they are not quite the report, the score from
which a document passes is lower than the one that makes it relevant, so that next to nothing relevant is lost
(`benchmarks/relevant_only.py` measures both).
"""

import html
import re
from functools import cache

from schemas.documents import MAX_BODY_BYTES, RawDocument
from transforms.events.relevance import assess, lexicon

PASSES_FROM = 0.08
"""A document passes from this score on."""

_RUN_CHARACTERS = 80
"""A shorter run of text between tags is a link, a label, the heading of another article."""
_FEW_CHARACTERS = 1000
"""Where the longer runs hold less, the text may stand in shorter ones (lines with breaks), or in JSON-LD."""
_UNSEEN = ((b"<script", b"</script"), (b"<style", b"</style"))
_TOLD = b"ld+json"
"""In the tag of scripts that say what the page holds, its text sometimes among it."""
_TAG = re.compile(rb"<[^<>]*>")
_INLINE = re.compile(rb"</?(?:a|abbr|b|em|font|i|mark|span|strong|sub|sup|time|u|wbr)(?:\s[^<>]*)?>", re.IGNORECASE)
_RUN = re.compile(rb">([^<>]{%d,})" % _RUN_CHARACTERS)
_TITLE = re.compile(rb"<title[^<>]*>([^<]*)", re.IGNORECASE)
_SOFT_HYPHEN = "\u00ad"
_LETTERS = bytes(ord(chr(c).lower()) if c < 128 and chr(c).isalnum() else ord(" ") for c in range(256))
"""ASCII letters and digits in lower case, all else as spaces."""


def may_be_relevant(document: RawDocument) -> bool:
    """Whether a document can be about migration; true as well where that cannot be told without reading it."""
    return score(document) >= PASSES_FROM


def score(document: RawDocument) -> float:
    """How likely a document is about migration, 0 to 1; 1 where that cannot be told without reading it."""
    body = document.body
    if len(body) > MAX_BODY_BYTES or b"\x00" in body or not body.strip():
        return 1.0  # the reader says why it is refused, or knows its encoding
    title = document.manifest.title or document.record.title
    if document.media_type == "text/html":
        body, told = _without_unseen(body)
        if title is None and (found := _TITLE.search(body)):
            title = _decoded(found[1])
        text = _decoded(_paragraphs(body, told))
    else:
        text = _decoded(body)
    words = f"{title or ''} {text}".encode("ascii", "replace").translate(_LETTERS).split()
    return assess(title, text) if _may_speak_of_migration(set(words)) else 0.0


def _decoded(body: bytes) -> str:
    """Text good enough to find English words in: these are the same bytes in all encodings without zero bytes."""
    return html.unescape(body.decode("utf-8", "replace")).replace(_SOFT_HYPHEN, "")


def _may_speak_of_migration(words: set[bytes]) -> bool:
    """Whether all words of some form of a gate group are there, in whatever order."""
    single, several = _gate_forms()
    return not single.isdisjoint(words) or any(map(words.issuperset, several))


@cache
def _gate_forms() -> tuple[frozenset[bytes], tuple[tuple[bytes, ...], ...]]:
    found = lexicon()
    forms = {
        tuple(word for part in form for word in part.encode("ascii", "replace").translate(_LETTERS).split())
        for entries in found.forms.values()
        for form, group in entries
        if group in found.gates
    }
    return frozenset(f[0] for f in forms if len(f) == 1), tuple(sorted(f for f in forms if len(f) > 1))


def _without_unseen(body: bytes) -> tuple[bytes, bytes]:
    """A page without scripts and styles; and what it says of itself in JSON-LD."""
    told = []
    for begin, end in _UNSEEN:
        first, *parts = body.split(begin)
        kept = [first]
        for part in parts:
            unseen, closing, after = part.partition(end)
            if _TOLD in unseen[: unseen.find(b">")]:
                told.append(unseen)
            kept.append(after if closing else part)
        body = b"<".join(kept)
    return body, b"\n".join(told)


def _paragraphs(body: bytes, told: bytes) -> bytes:
    """The paragraphs of a page: its `<p>` where most of the text stands in them, else the longer runs of text."""
    parts = [part.partition(b"</p")[0] for part in body.split(b"<p")[1:] if part[:1].isspace() or part[:1] == b">"]
    lines = _TAG.sub(b"", b"<p" + b"\n<p".join(parts).replace(b"<br", b"\n<br")).split(b"\n") if parts else []
    long = [line for line in lines if len(line) >= _RUN_CHARACTERS]
    if 2 * sum(map(len, long)) < sum(map(len, _RUN.findall(body))):
        body = _INLINE.sub(b"", body)
        long = _RUN.findall(body)
    found = b"\n".join(long)
    return found if len(found) >= _FEW_CHARACTERS else b"\n".join([_TAG.sub(b"\n", body), told])
