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
from collections.abc import Callable, Iterator
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
_WIDTH = 72


def _to_mojibake(text: str, times: int) -> str:
    for _ in range(times):
        try:
            text = text.encode("utf-8").decode("sloppy-windows-1252")
        except UnicodeError:
            return text
    return text


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


DAMAGES: dict[str, tuple[Callable[[str], str], Callable[[str], int]]] = {
    "lost possessive": (lambda t: _POSSESSIVE.sub(" ", t), lambda t: len(_POSSESSIVE.findall(t))),
    "lost contraction": (lambda t: _CONTRACTION.sub(" ", t), lambda t: len(_CONTRACTION.findall(t))),
    "glued sentences": (lambda t: _SENTENCE_GAP.sub("", t), lambda t: len(_SENTENCE_GAP.findall(t))),
    "no-break spaces": (lambda t: _SPACE.sub("\u00a0", t), lambda t: len(_SPACE.findall(t))),
    "soft hyphens": (lambda t: _LONG_WORD.sub("\u00ad", t), lambda t: len(_LONG_WORD.findall(t))),
    "mojibake": (lambda t: _to_mojibake(t, 1), lambda t: sum(not c.isascii() for c in t)),
    "mojibake twice": (lambda t: _to_mojibake(t, 2), lambda t: sum(not c.isascii() for c in t)),
    "hard wraps": (_wrapped, lambda t: _wrapped(t).count("\n") - t.count("\n")),
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
    print(f"{'damage':18} {'places':>8} {'mended':>7} {'left':>6}")
    for name, (damage, count) in DAMAGES.items():
        places = left = 0
        for text in sound:
            if (here := count(text)) and (damaged := damage(text)) != text:
                places += here
                left += min(here, _changed(text, mend_text(damaged, english=True).text))
        print(f"{name:18} {places:8,} {1 - left / max(1, places):7.4f} {left:6,}")


if __name__ == "__main__":
    main()
