"""Copy a trained parser for shipping: without the words of the training texts, which it does not need.

python training/parser/trim.py TRAINED_FOLDER transforms/events/parser
"""

import json
import sys
from pathlib import Path

import spacy


def main(trained: Path, shipped: Path) -> None:
    """Write the parser with no strings but its labels; words are hashed as they come."""
    nlp = spacy.load(trained)
    labels = {label for name in nlp.pipe_names for label in getattr(nlp.get_pipe(name), "labels", ())}
    nlp.meta.update(
        name="migration_events_parser",
        version="1.0.0",
        description="Tags, dependencies and names for English news; see README.md",
        license="MIT",
        author="migration-events",
    )
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # where the training data lay is nobody's business
    nlp.to_disk(shipped)
    (shipped / "vocab" / "strings.json").write_text(json.dumps(sorted(labels), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
