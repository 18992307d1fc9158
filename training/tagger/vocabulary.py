"""Make `transforms/events/tagger/vocabulary.txt`: the pieces of BERT's vocabulary that are common in news.

    python training/tagger/vocabulary.py ../shared/gold/train.jsonl \\
        --corpus ../shared/corpora/news.jsonl.zst ../shared/duplicates/documents.jsonl

Pieces are counted in the texts of corpora, and in annotated sentences, which count more, as most of the corpora is not
about migration. Whatever the counts, every Latin letter is a piece, so that hardly a word is unknown. The network has
to learn anew afterwards (`train.py`).
"""

import argparse
import string
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
from encoder import pretrained
from records import gold, records_in, written

from transforms.events.tagger.pieces import END, START, UNKNOWN, pieces_of

SIZE = 9_000
ANNOTATED = 6
"""What a piece of an annotated sentence counts."""


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--corpus", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    names = (pretrained() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    known = {piece: number for number, piece in enumerate(names)}
    counts: Counter[int] = Counter()
    for corpus in args.corpus:
        for record in records_in(corpus):
            counts.update(pieces_of(record["text"], known)[0])
    for sentence in (*gold(args.gold), *written()):
        counts.update(pieces_of(sentence.text, known)[0] * ANNOTATED)
    always = [UNKNOWN, START, END, *string.ascii_lowercase, *(f"##{letter}" for letter in string.ascii_lowercase)]
    common = sorted(counts, key=lambda number: (-counts[number], number))
    kept = list(dict.fromkeys([*(known[piece] for piece in always), *common]))[:SIZE]
    target = Path(str(files("transforms.events.tagger").joinpath("vocabulary.txt")))
    target.write_text("".join(f"{names[number]}\n" for number in sorted(kept)), encoding="utf-8")


if __name__ == "__main__":
    main()
