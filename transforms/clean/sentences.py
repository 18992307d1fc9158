"""Sentences glued together, and marks torn off their words."""

import re
from collections.abc import Callable

_NOT_A_SENTENCE = r"(?:Com|Org|Net|Gov|Edu|Info|Io|Uk|Eu|Js)\b"
"""What follows a full stop in a name: "Amazon.Com", "Node.Js"."""
# Each pattern begins with the mark itself and looks behind it from there: so it is tried at marks only.
_GLUED = re.compile(
    r"[.!?](?:(?<=[a-z]{3}[.!?])|(?<=[0-9)%][.!?]))[”’)]?"
    rf"(?=(?!{_NOT_A_SENTENCE})[“‘(]?(?:[A-Z][a-z]+|[A-Z]{{2,}}|A|I)[ ,’'])"
)
_GLUED_QUOTE = re.compile(r"”(?<=[a-z]{3}[.!?,]”)(?=[A-Za-z][a-z]*[ ,])|[.!?](?<=[a-z]{3}[.!?])(?=“[A-Z])")
_GLUED_COMMA = re.compile(r",(?<=[a-z]{2},)(?=[A-Z][a-z]+[ ,.]|[a-z]{2,} )")
_TORN = re.compile(r" +(?=[.,](?:\s|$))(?<=[\w)”’] )")
_ADDRESS = re.compile(r"\S*(?:[@/#\\=_]|www\.)\S*")


def mend_sentences(paragraph: str) -> str:
    """A paragraph with a space set where two sentences ran together, and none before a full stop or comma.

    Addresses, file names and accounts are left alone.
    """
    return outside_addresses(_mended, paragraph)


def outside_addresses(mend: Callable[[str], str], paragraph: str) -> str:
    """A paragraph with what is no address, file name or account mended."""
    mended = mend(paragraph)
    if mended == paragraph or not _ADDRESS.search(paragraph):
        return mended
    parts, at = [], 0
    for address in _ADDRESS.finditer(paragraph):
        parts += [mend(paragraph[at : address.start()]), address[0]]
        at = address.end()
    return "".join([*parts, mend(paragraph[at:])])


def _mended(text: str) -> str:
    text = _GLUED.sub(r"\g<0> ", text)
    text = _GLUED_QUOTE.sub(r"\g<0> ", text)
    text = _GLUED_COMMA.sub(", ", text)
    return _TORN.sub("", text) if " ." in text or " ," in text else text
