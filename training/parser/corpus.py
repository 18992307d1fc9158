"""Turn a CoNLL-U treebank into spaCy's training format, with headline-like copies of some sentences.

    python training/parser/corpus.py TREEBANK_FOLDER OUTPUT_FOLDER

TREEBANK_FOLDER holds `train`, `dev` and `test` of UD English EWT as `*.conllu.zst`. Newspapers write headlines without
articles and auxiliaries and sometimes In Title Case; a treebank of web text has few of them, so a share of the sentences is
given again in those shapes (only leaves of the tree are dropped, so that the tree stays a tree).
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import zstandard
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

HEADLINE_SHARE = 0.15
TITLE_CASE_SHARE = 0.07
DROPPED_IN_HEADLINES = {"det", "aux:pass", "cop"}
SMALL_WORDS = {"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}


@dataclass(frozen=True)
class Word:
    """One token of a CoNLL-U sentence; `head` is an index into the sentence, its own index for the root."""

    form: str
    lemma: str
    upos: str
    tag: str
    head: int
    relation: str
    space_after: bool


def read_sentences(path: Path) -> Iterator[list[Word]]:
    """Yield the sentences of a zstd-compressed CoNLL-U file."""
    text = zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read().decode("utf-8")
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        words = [
            Word(r[1], r[2], r[3], r[4], int(r[6]) - 1 if r[6] != "0" else i, r[7], "SpaceAfter=No" not in r[9])
            for i, r in enumerate(rows)
        ]
        if words:
            yield [replace(w, relation="ROOT") if w.relation == "root" else w for w in words]


def headline(words: list[Word]) -> list[Word]:
    """The sentence without articles, passive auxiliaries, copulas and its final stop, where those are leaves."""
    heads = {w.head for i, w in enumerate(words) if w.head != i}
    last = len(words) - 1
    kept = [
        i
        for i, w in enumerate(words)
        if i in heads or not (w.relation in DROPPED_IN_HEADLINES or (i == last and w.form == "."))
    ]
    place = {old: new for new, old in enumerate(kept)}
    return [replace(words[i], head=place[words[i].head]) for i in kept]


def title_case(words: list[Word]) -> list[Word]:
    """The sentence In Title Case, small words apart."""
    return [
        w if w.form.lower() in SMALL_WORDS and i else replace(w, form=w.form[:1].upper() + w.form[1:])
        for i, w in enumerate(words)
    ]


def to_doc(vocab: Vocab, words: list[Word]) -> Doc:
    """The sentence as a spaCy document with gold tags, lemmas and tree."""
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[w.space_after for w in words],
        tags=[w.tag for w in words],
        pos=[w.upos for w in words],
        lemmas=[w.lemma for w in words],
        heads=[w.head for w in words],
        deps=[w.relation for w in words],
    )


def main(treebank: Path, output: Path) -> None:
    """Write `train.spacy`, `dev.spacy` and `test.spacy` to `output`."""
    output.mkdir(parents=True, exist_ok=True)
    chance = random.Random(0)
    vocab = Vocab()
    for part in ("train", "dev", "test"):
        docs = DocBin(attrs=["ORTH", "SPACY", "TAG", "POS", "LEMMA", "HEAD", "DEP", "SENT_START"])
        for words in read_sentences(treebank / f"{part}.conllu.zst"):
            docs.add(to_doc(vocab, words))
            if part == "train" and len(words) > 4:
                if chance.random() < HEADLINE_SHARE:
                    docs.add(to_doc(vocab, headline(words)))
                if chance.random() < TITLE_CASE_SHARE:
                    docs.add(to_doc(vocab, title_case(headline(words))))
        docs.to_disk(output / f"{part}.spacy")
        print(f"{part}: {len(docs)} sentences")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
