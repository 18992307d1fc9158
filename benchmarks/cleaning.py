"""How much of the damage that texts suffer is mended, and how much that is sound is touched.

    python benchmarks/cleaning.py TEXTS.jsonl [--texts 500]

Each line of TEXTS holds an article's `text`; a `.zst` is unpacked. A text is cleaned first, which makes it sound; then
it is damaged in one way, wherever that is possible, and cleaned again. A damaged place is mended if its words are as
they were. A sound place is a word that cleaning the sound text again, or mending the damaged one, left changed.
"""

import argparse
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import ftfy.bad_codecs  # noqa: F401  registers sloppy-windows-1252
import zstandard

from transforms.clean.text import mend_text

_POSSESSIVE = re.compile(r"(?<=[A-Za-z])['’](?=s\b)")
_CONTRACTION = re.compile(r"(?<=n)['’](?=t\b)|(?<=\b(?:we|he))['’](?=(?:re|ll|ve)\b)")
_SENTENCE_GAP = re.compile(r"(?<=[a-z]{3}[.!?]) (?=[A-Z][a-z]+ )")
_SPACE = re.compile(r" (?=[a-z])")
_LONG_WORD = re.compile(r"(?<=\b[a-z]{4})(?=[a-z]{4,}\b)")
_SENTENCE_END = re.compile(r"(?<=[a-z])(?=\.(?: |$))", re.MULTILINE)
_BEFORE_NAME = re.compile(r"(?<=\b(?:the|and)) (?=[A-Z][a-z]{2,}\b)|(?<=\b(?:to|of|by|in)) (?=[A-Z][a-z]{2,}\b)")
_BEFORE_SMALL_WORD = re.compile(r"(?<=\b[a-z]{6}) (?=(?:to|of|and|with|from|that|by|for)\b(?= [a-z]))")
_HALVES = {0x2013: 0x13, 0x2014: 0x14, 0x2018: 0x18, 0x2019: 0x19, 0x201C: 0x1C, 0x201D: 0x1D}
_WIDTH = 72
_TEMPLATE = (
    "RELATED STORIES",
    "Updated at 5.20pm",
    "Sign up here for our weekly newsletter and get the best stories",
    "We use cookies to improve your experience on this site.",
    "Copyright 2019 The Example Times. All rights reserved.",
    "Last updated on 3 May 2019 at 11:05 GMT",
    "Share this article on Facebook",
    "Follow us on Twitter and Facebook",
    "Story continues below this advertisement",
    "This is a developing story. Please check back for updates.",
    "Subscribe to our newsletter",
    "Photo: Ann Example/Example Agency",
)
_POSTS = (
    "We met the minister today. pic.twitter.com/Ab1Cd2 — Ann Example (@annexample) June 25, 2018",
    "Waiting for the ship in the harbour. A post shared by Ben Sample (@bensample) on May 3, 2018 at 5:20pm PDT",
)


def _to_mojibake(text: str, encoding: str, times: int = 1) -> str:
    """A text decoded wrongly; as it is where the encoding cannot hold it."""
    for _ in range(times):
        try:
            text = text.encode("utf-8").decode(encoding)
        except UnicodeError:
            return text
    return text


def _not_ascii(text: str) -> int:
    return sum(not c.isascii() for c in text)


def _with_lines_between(text: str, lines: Sequence[str]) -> str:
    """The paragraphs of a text with a line of a template behind each."""
    return "\n\n".join(f"{p}\n\n{lines[i % len(lines)]}" for i, p in enumerate(text.split("\n\n")))


def _wrapped(text: str) -> str:
    paragraphs = []
    for paragraph in text.split("\n\n"):
        lines, line = [], ""
        for word in paragraph.split():
            if line and len(line) + 1 + len(word) > _WIDTH:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        paragraphs.append("\n".join([*lines, line]))
    return "\n\n".join(paragraphs)


Damage = tuple[Callable[[str], str], Callable[[str], int]]


def _replacing(pattern: re.Pattern[str], by: str) -> Damage:
    return (lambda t: pattern.sub(by, t)), (lambda t: len(pattern.findall(t)))


def _misread(encoding: str, times: int = 1) -> Damage:
    return (lambda t: _to_mojibake(t, encoding, times)), _not_ascii


DAMAGES: dict[str, Damage] = {
    "lost possessive": _replacing(_POSSESSIVE, " "),
    "lost contraction": _replacing(_CONTRACTION, " "),
    "replaced apostrophe": _replacing(_POSSESSIVE, "\ufffd"),
    "question mark": _replacing(_POSSESSIVE, "?"),
    "glued sentences": _replacing(_SENTENCE_GAP, ""),
    "torn full stop": _replacing(_SENTENCE_END, " "),
    "glued before names": _replacing(_BEFORE_NAME, ""),
    "glued small words": _replacing(_BEFORE_SMALL_WORD, ""),
    "no-break spaces": _replacing(_SPACE, "\u00a0"),
    "soft hyphens": _replacing(_LONG_WORD, "\u00ad"),
    "zero-width spaces": _replacing(_LONG_WORD, "\u200b"),
    "mojibake": _misread("sloppy-windows-1252"),
    "mojibake twice": _misread("sloppy-windows-1252", 2),
    "mojibake, Latin-1": _misread("latin-1"),
    "mojibake, Mac": _misread("mac-roman"),
    "mojibake, Cyrillic": _misread("sloppy-windows-1251"),
    "entities": (lambda t: t.encode("ascii", "xmlcharrefreplace").decode(), _not_ascii),
    "half of quotes": (lambda t: t.translate(_HALVES), lambda t: sum(ord(c) in _HALVES for c in t)),
    "hard wraps": (_wrapped, lambda t: _wrapped(t).count("\n") - t.count("\n")),
    "template lines": (lambda t: _with_lines_between(t, _TEMPLATE), lambda t: t.count("\n\n") + 1),
    "embedded posts": (lambda t: _with_lines_between(t, _POSTS), lambda t: t.count("\n\n") + 1),
    "credit": (lambda t: f"{t}\n\n(Reporting by Ann Example in Rome; Editing by Ben Sample)", lambda t: 1),
}
"""How to damage a text, and how many places of it that damages."""


def read_texts(path: Path, limit: int) -> Iterator[str]:
    """Yield the texts of the first lines."""
    with path.open("rb") as file:
        stream = zstandard.ZstdDecompressor().stream_reader(file) if path.suffix == ".zst" else file
        for number, line in enumerate(io.TextIOWrapper(stream, encoding="utf-8")):
            if number >= limit:
                return
            yield json.loads(line)["text"]


def _units(text: str) -> list[str]:
    """Words and paragraph marks; which of the two apostrophes is set again does not matter."""
    return re.findall(r"\n\n|\S+", text.replace("’", "'"))


def _changed(before: str, after: str) -> int:
    """Words of `before` that are not in their place in `after`."""
    if before == after:
        return 0
    matcher = SequenceMatcher(None, _units(before), _units(after), autojunk=False)
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal")


def main() -> None:
    """Print a table, a line for each kind of damage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--texts", dest="limit", type=int, default=500)
    args = parser.parse_args()
    sound = [mend_text(text, english=True).text for text in read_texts(args.texts, args.limit)]
    words = sum(len(text.split()) for text in sound)
    touched = sum(_changed(text, mend_text(text, english=True).text) for text in sound)
    print(f"{len(sound)} texts, {words:,} words; words of sound text touched: {touched} ({touched / words:.5f})")
    print(f"{'damage':20} {'places':>8} {'mended':>7} {'left':>6}")
    for name, (damage, count) in DAMAGES.items():
        places = left = 0
        for text in sound:
            if (here := count(text)) and (damaged := damage(text)) != text:
                places += here
                left += min(here, _changed(text, mend_text(damaged, english=True).text))
        print(f"{name:20} {places:8,} {1 - left / max(1, places):7.4f} {left:6,}")


if __name__ == "__main__":
    main()
