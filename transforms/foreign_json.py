"""JSON that somebody else wrote: lines of seed files, JSON-LD of pages, feeds, fields of archives."""

import json
from typing import Any

_DEEPEST = 100
"""Levels; deeper than any real one, and far from where walking it would exhaust the stack."""


def read_json(text: str, *, strict: bool = True) -> Any:
    """The value that a text is; half a surrogate pair, which JSON can escape and no file can hold, becomes "?".

    Args:
        text: one value in JSON.
        strict: whether line breaks and other controls within strings are errors.

    Raises:
        ValueError: it is no JSON (`json.JSONDecodeError`), is nested too deeply, or has a number of too many digits.

    """
    try:
        value = json.loads(text, strict=strict)
        if "\\ud" in text or "\\uD" in text:
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level if isinstance(outer, dict | list) for inner in _inside(outer)]
        if not level:
            return value
    raise ValueError("nested too deeply")


def _inside(outer: dict[str, Any] | list[Any]) -> Any:
    return outer.values() if isinstance(outer, dict) else outer
