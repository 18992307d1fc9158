"""Characters that went wrong on the way: mojibake, entities, controls, invisible marks, odd spaces."""

import re

import ftfy

_CONFIG = ftfy.TextFixerConfig(
    uncurl_quotes=False,  # curly quotes are no damage
    fix_character_width=False,  # nor are the full-width signs of Chinese and Japanese
    normalization="NFC",
)
_ENCODING_STEPS = frozenset(
    [
        "encode",
        "decode",
        "transcode",
        "restore_byte_a0",
        "replace_lossy_sequences",
        "decode_inconsistent_utf8",
        "fix_c1_controls",
    ]
)
_CUT = str.maketrans({0x13: "–", 0x14: "—", 0x18: "‘", 0x19: "’", 0x1C: "“", 0x1D: "”"})
"""Dashes and quotes of which only the low byte is left: U+2019 as U+0019."""
_IS_CUT = re.compile("[\x13\x14\x18\x19\x1c\x1d]")
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]|(?<=[A-Za-z])[\u200c\u200d]"
)
"""Soft hyphens, zero-width marks, marks of direction; joiners only in Latin script: others write words with them."""
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SOUND = re.compile(r"[ -%'-~\t]*")
"""A line of ASCII without controls and without the "&" of entities is as it was meant; asking ftfy takes longer."""
_BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029\v\f]")


def mend_characters(text: str) -> tuple[str, list[str]]:
    """Text with its characters as they were meant, and the names of the repairs.

    Spaces other than the plain one become plain; runs of them stay.
    """
    repairs = []
    text = _BREAKS.sub("\n", text)
    if _IS_CUT.search(text):
        text = text.translate(_CUT)
        repairs.append("encoding")
    fixed = "\n".join(line if _SOUND.fullmatch(line) else ftfy.fix_text(line, _CONFIG) for line in text.split("\n"))
    if fixed != text:
        repairs += [name for name in _named(text) if name not in repairs]
    if not fixed.isascii():
        visible = _INVISIBLE.sub("", fixed)
        if visible != fixed and "characters" not in repairs:
            repairs.append("characters")
        fixed = _SPACES.sub(" ", visible)
        if fixed != visible:
            repairs.append("spaces")
    return _BREAKS.sub("\n", fixed), repairs


def _named(text: str) -> list[str]:
    """What of ftfy's work was done on a text; line by line, as ftfy does it."""
    steps: set[tuple[str, str]] = set()
    for line in text.split("\n"):
        steps.update(ftfy.fix_and_explain(line, _CONFIG).explanation or ())
    names = {name for action, detail in steps for name in (action, detail)}
    repairs = ["encoding"] if names & _ENCODING_STEPS else []
    repairs += ["entities"] if "unescape_html" in names else []
    rest = names - _ENCODING_STEPS - {"unescape_html", "apply", "NFC", "fix_line_breaks"}
    applied = {detail for action, detail in steps if action == "apply"} & rest
    return [*repairs, *(["characters"] if applied else [])]
