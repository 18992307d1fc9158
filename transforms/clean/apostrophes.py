"""Apostrophes that were lost: "Libya s coast", "the U.S. s role", "they don t", "Libya?s"."""

import re

_BEFORE_S = r"(?:(?=\d*[^\W\d_])[^\W_]{2,}|[A-Z]&[A-Z]|(?:[A-Z]\.){2,})"
_NO_OWNER = frozenset(
    [
        *("a", "an", "the", "and", "or", "but", "nor", "if", "of", "in", "on", "at", "to", "for", "with", "by", "from"),
        *("as", "than", "then", "is", "are", "was", "were", "be", "been", "its", "his", "her", "their", "our", "your"),
        *("my", "this", "these", "those", "not", "no", "letter", "so", "all", "some", "any", "each", "both"),
    ]
)
"""Words after which no possessive s stands: there "s" is a letter, a name's initial or other damage."""
_POSSESSIVE = re.compile(rf"(?<![\w.@#/])({_BEFORE_S}) s(?=[ ,.;:!?)\"”’–—]|$)", re.MULTILINE)
_NEGATION = re.compile(
    r"\b((?:do|does|did|is|are|was|were|has|have|had|wo|would|ca|could|should|must|need|might|ai)n) t\b(?! ?[-'’])",
    re.IGNORECASE,
)
_CONTRACTION = re.compile(
    r"\b(I|[Yy]ou|[Ww]e|[Tt]hey|[Hh]e|[Ss]he|[Ii]t|[Tt]hat|[Tt]here|[Ww]ho) (m|re|ve|ll)\b(?=[ ,.])"
)
_REPLACED = re.compile(
    r"(?:[\ufffd?](?<=[A-Za-z].)|[ÕÆ](?<=[a-z].)|â(?<=[A-Za-z]{3}.))(?=(?:s|t|re|ve|ll|d|m)\b(?![=&/.]\w))"
)
"""An apostrophe that an encoder could not write and replaced, or wrote as another system reads it, or half of it."""
_REPLACEMENTS = re.compile("[?\ufffdÕÆâ]")
_LONE_S = re.compile(r" s(?![\w'’-])")
_LONE_T = re.compile(r" t(?<=n.t)(?![\w'’-])", re.IGNORECASE)
_LONE_REST = re.compile(r" (?:m|re|ve|ll)(?=[ ,.])")
"""Quick looks that spare the patterns above most of their work."""


def mend_apostrophes(text: str) -> str:
    """English text with its lost apostrophes set again.

    Where one was lost, one space stands for it. A plural ("the ministers met"), a lone initial ("Harry S Truman") and
    an "s" that is part of something else are left alone; so is a plural possessive ("the ministers meeting"), since
    nothing tells it from a plain plural.
    """
    mark = "’" if "’" in text else "'"
    if _LONE_S.search(text):
        text = _POSSESSIVE.sub(lambda m: m[0] if m[1].lower() in _NO_OWNER else f"{m[1]}{mark}s", text)
    if _LONE_T.search(text):
        text = _NEGATION.sub(rf"\1{mark}t", text)
    if _LONE_REST.search(text):
        text = _CONTRACTION.sub(rf"\1{mark}\2", text)
    if _REPLACEMENTS.search(text):
        text = _REPLACED.sub(mark, text)
    return text
