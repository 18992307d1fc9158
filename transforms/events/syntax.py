"""The small tagger, dependency parser and name finder that ships with the coder (see `parser/README.md`)."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc


@cache
def parser() -> Language:
    """The parser, loaded once per process.

    Its documents carry `tag_` (Penn Treebank), `dep_` and `head` (spaCy's English labels: nsubj, nsubjpass, dobj,
    prep, pobj, agent, relcl, ...) and `ents` (OntoNotes: PERSON, NORP, GPE, ORG, DATE, CARDINAL, ...). It has no lemmas
    and no `pos_`.
    """
    return spacy.load(Path(str(files("transforms.events").joinpath("parser"))))


def parse(sentences: Iterable[str]) -> Iterator[Doc]:
    """Parse sentences, each as one document, so that a tree never crosses a sentence."""
    return parser().pipe(sentences, batch_size=128)
