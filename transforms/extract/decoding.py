"""From bytes to text: a byte-order mark, UTF-8, the encoding that is known or declared, else a guess that convinces."""

import codecs
import re

from charset_normalizer import from_bytes

from transforms.extract.language import likeliest_language

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=|<\?xml[^>]{0,80}encoding\s*=)\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_DECLARATION_BYTES = 4096
"""The HTML standard looks for a declaration in the first 1,024 bytes; pages that come later are common."""

_SIGNATURES = (
    (b"%PDF-", "a PDF file; convert it to text first"),
    (b"PK\x03\x04", "a ZIP archive or an office document; unpack it or convert it to text first"),
    (b"\xd0\xcf\x11\xe0", "an office document; convert it to text first"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "gzip data; name the file .gz"),
    (b"(\xb5/\xfd", "zstd data; name the file .zst"),
)
_SAMPLE_BYTES = 65536
_MAX_CONTROL_SHARE = 0.02
"""Random bytes hold some 10 % control characters, damaged text a few in a thousand."""
_MAX_ODD_SHARE = 0.01
_TEXT_FOR_A_BROKEN_BYTE = 200
"""Characters that make up for a byte that is text in no encoding: a page is not turned away for a stray byte."""
_ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffd\uffff]")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_WEB_ENCODINGS = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "iso8859_15", "koi8_r", "koi8_u", "mac_roman"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "utf_16_le", "utf_16_be"),
]
"""What browsers know: a guess among all of Python's encodings finds EBCDIC and DOS code pages in noise."""

_NOT_OF_DOCUMENTS = frozenset(["idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7"])
"""Encodings of Python's that no browser reads: they can say what no text holds, or take the square of its length."""

_PRINT = frozenset("“”„‘’‚‹›«»–—…•·€£¥§°¿¡®©™½¼¾²³\u00a0\u00ad、。「」『』（），：；？！・")
_WORD = re.compile(r"[^\W\d_]+")

_LATIN = ("cp1250", "cp1254", "cp1257", "cp1258", "iso8859_2", "iso8859_15", "mac_roman")
_WESTERN = frozenset(["ca", "da", "de", "en", "es", "fi", "fr", "is", "it", "nl", "no", "pt", "sv"])


class NotTextError(ValueError):
    """The bytes are no text; `reason` is a term of `rejection_reason`, the message names finding and remedy."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def decode(body: bytes, charset: str | None = None, *, markup: bool = False) -> str:
    """The text of some bytes.

    Args:
        body: a whole document.
        charset: the encoding that its container or HTTP names, if any.
        markup: whether the document may declare its encoding, as HTML does.

    Raises:
        NotTextError: `binary` or `undecodable`.

    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            text = _decoded(body, encoding)
            if text is not None and _is_plausible(text) and (encoding == "utf-8-sig" or _has_breaks(text)):
                return text
    _refuse_binary(body)
    declared = _DECLARED.search(body, 0, _DECLARATION_BYTES) if markup else None
    named = [name for name in (charset, declared and declared[1].decode("ascii")) if name]
    # UTF-8 is hardly ever valid by chance, so it goes before a declaration, which is often a leftover.
    for encoding in (*(["utf-8"] if not _is_wide(charset) else []), *named):
        text = _decoded(body, encoding)
        if text is not None and _is_plausible(text):
            return text
    replaced = body.decode("utf-8", "replace")
    if _is_broken_utf8(replaced):
        return replaced
    guess = _guess(body[:_SAMPLE_BYTES])
    text = _decoded(body, guess) if guess else None
    if text is None or not _is_plausible(text) or not _convinces(text):
        if replaced.count("\ufffd") * _TEXT_FOR_A_BROKEN_BYTE < len(replaced):
            return replaced
        tried = ", ".join(dict.fromkeys(["utf-8", *named, *([guess] if guess else [])]))
        raise NotTextError("undecodable", f"the bytes are no text in {tried} or another usual encoding; save as UTF-8")
    return text


def _decoded(body: bytes, encoding: str) -> str | None:
    try:
        name = codecs.lookup(encoding).name
        if name.replace("_", "-") in _NOT_OF_DOCUMENTS:
            return None
        # Browsers read these labels as Windows' superset, and pages are written for browsers.
        return body.decode("cp1252" if name in ("iso8859-1", "ascii") else name)
    except (LookupError, UnicodeError):
        return None


def _guess(sample: bytes) -> str | None:
    """The likeliest encoding.

    The Latin code pages differ in few letters, which short texts leave open ("è" or "č"): there the language decides.
    """
    best = from_bytes(sample, cp_isolation=_WEB_ENCODINGS).best()
    if best is None:
        return None
    western = _decoded(sample, "cp1252") if best.encoding in _LATIN else None
    if western is not None and likeliest_language(western) in _WESTERN:
        return "cp1252"
    return best.encoding


def _convinces(text: str) -> bool:
    """Whether a guessed text reads as words: its letters cased as words are, its signs those of print."""
    beyond = [c for c in text[:_SAMPLE_BYTES] if not c.isascii()]
    signs = sum(not c.isalpha() and c not in _PRINT for c in beyond)
    words = [w for w in _WORD.findall(text, 0, _SAMPLE_BYTES) if not w.isascii()]
    odd = sum(not (w.islower() or w.isupper() or w[1:].islower() or w.upper() == w.lower()) for w in words)
    return signs <= 0.3 * len(beyond) + 1 and odd <= 0.2 * len(words)


def _is_wide(charset: str | None) -> bool:
    return charset is not None and charset.lower().replace("_", "-").startswith(("utf-16", "utf-32"))


def _is_broken_utf8(replaced: str) -> bool:
    """Whether a text is UTF-8 with bytes broken: cut mid-character, pasted from elsewhere, now U+FFFD.

    Its sound sequences must outnumber the broken bytes by far, which in another encoding they never do.
    """
    broken = replaced.count("\ufffd")
    sound = sum(map(str.isalpha, replaced)) - sum(map(str.isalpha, filter(str.isascii, replaced)))
    return broken * 4 < sound


def _refuse_binary(body: bytes) -> None:
    for signature, what in _SIGNATURES:
        if body.startswith(signature):
            raise NotTextError("binary", f"the document is {what}")
    sample = body[:_SAMPLE_BYTES]
    zeros = sample.count(0)
    if zeros and _mostly_zeros_on_one_side(sample, zeros):
        return  # UTF-16 without a mark
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _MAX_CONTROL_SHARE * len(sample):
        share = 100 * controls / len(sample)
        detail = f"{share:.0f} % of the bytes are control characters; give text, HTML or JSON lines"
        raise NotTextError("binary", detail)


def _mostly_zeros_on_one_side(sample: bytes, zeros: int) -> bool:
    even = sample[::2].count(0)
    return max(even, zeros - even) > 0.95 * zeros and zeros > 0.3 * len(sample)


def _has_breaks(text: str) -> bool:
    """Whether words or clauses end somewhere: arbitrary bytes read as UTF-16 are one endless row of rare letters."""
    return len(text) < 30 or any(c in text[:2000] for c in " \n、，。")


def _is_plausible(text: str) -> bool:
    """Whether hardly any characters are such as no text has: controls, halves of pairs, private or replaced ones."""
    sample = text[:_SAMPLE_BYTES]
    return sample.isascii() or len(_ODD.findall(sample)) <= _MAX_ODD_SHARE * len(sample)
