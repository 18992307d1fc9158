"""Paragraphs out of lines: hard wraps and broken lines joined, white space squeezed."""

import re

_BLANK = re.compile(r"\n[ \t]*\n\s*")
_ENDS = (".", "!", "?", "…", ":", ";", '"', "”", "’", "'", ")", "»")
_MIN_WRAPPED_LINES = 3
_MAX_WIDTH = 100
"""Mail and terminals wrap at 65 to 80 columns; a longer line was not wrapped by a program."""
_MIN_BROKEN = 40
"""A shorter line without a full stop is a heading, not half a sentence."""


def paragraphs_of(text: str) -> tuple[list[str], bool]:
    """The paragraphs of a text, and whether broken lines were joined.

    A line is a paragraph, as most copies of news have it, but for lines wrapped at a width, and for a line that stops
    in the middle of a sentence which the next one goes on with in lower case.
    """
    paragraphs: list[str] = []
    joined = False
    blocks = [[line for raw in b.split("\n") if (line := squeezed(raw))] for b in _BLANK.split(text.strip())]
    wrapped_at = max((max(map(len, lines)) for lines in blocks if _is_wrapped(lines)), default=0)
    for lines in blocks:
        if _is_wrapped(lines) or _is_wrapped_in_two(lines, wrapped_at):
            paragraphs += _unwrapped(lines)
            joined = True
            continue
        for line in lines:
            if paragraphs and _goes_on(paragraphs[-1], line):
                paragraphs[-1] = f"{paragraphs[-1]} {line}"
                joined = True
            else:
                paragraphs.append(line)
    return paragraphs, joined


def squeezed(line: str) -> str:
    """A line with single spaces between its words and none around them."""
    return " ".join(line.split())


def _goes_on(before: str, line: str) -> bool:
    return len(before) >= _MIN_BROKEN and line[0].islower() and not before.endswith(_ENDS) and len(line.split()) > 1


def _is_wrapped(lines: list[str]) -> bool:
    if len(lines) < _MIN_WRAPPED_LINES:
        return False
    width = max(map(len, lines))
    inner = lines[:-1]
    full = sum(len(line) > 0.6 * width for line in inner)
    open_ended = sum(not line.endswith(_ENDS) for line in inner)
    return _MIN_BROKEN <= width <= _MAX_WIDTH and full >= 0.7 * len(inner) and open_ended >= 0.6 * len(inner)


def _is_wrapped_in_two(lines: list[str], width: int) -> bool:
    """Whether two lines are one paragraph, in a text that is wrapped at this width."""
    return len(lines) == 2 and 0.75 * width < len(lines[0]) <= width and len(lines[1]) <= width


def _unwrapped(lines: list[str]) -> list[str]:
    """Join lines; one that ends a sentence well short of the width ends a paragraph."""
    width = max(map(len, lines))
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if paragraphs[-1] and not (paragraphs[-1][-1].endswith("-") and line[0].islower()):
            paragraphs[-1].append(" ")
        paragraphs[-1].append(line)
        if line.endswith(_ENDS) and len(line) < 0.75 * width:
            paragraphs.append([])
    return ["".join(pieces) for pieces in paragraphs if pieces]
