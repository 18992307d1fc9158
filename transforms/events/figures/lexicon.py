"""The words of words.yaml, read once."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from spacy.tokens import Token

from transforms.events.words import lemma
from transforms.knowledge import read_yaml


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = read_yaml("transforms.events.figures", "words.yaml")
    return read


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(str(_read()[name]).split())


@cache
def by_word(name: str) -> dict[str, str]:
    """For each word of a group of lists (`units`, `fates`) the list that it is in."""
    return {word: key for key, members in _read()[name].items() for word in members.split()}


def forms(token: Token) -> tuple[str, str]:
    """A word as it stands, in small letters, and its base form."""
    return token.lower_, lemma(token.lower_)


def any_of(tokens: Iterable[Token], name: str) -> bool:
    """Whether any of some tokens is in a list."""
    return any(form in words(name) for token in tokens for form in forms(token))
