"""What `--relevant-only` saves and what it loses, on the shared articles set into the shared pages.

    python benchmarks/relevant_only.py [--documents 2000] [--texts]

Each article is set into one of 126 real pages whose own report was taken out: scripts, menus and lists of other
articles stay as they were. Every page goes through the quick look and through the full path (extract, clean, judge,
sign), so that both are told apart in one pass. With --texts the articles are read as plain texts. Prints as JSON,
at the score from which documents pass and at others: the share that passes, the share of relevant documents (by the
full path) that is kept, and how many times the full path's documents a second come through, by processor time.
"""

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from typing import Any

from material import articles, templates

from schemas.documents import Hints, RawDocument, Rejected
from schemas.runs import RunStamp
from transforms.prepare import prepare
from transforms.screening import PASSES_FROM, score

SCORES = (0.01, 0.02, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--texts", action="store_true", help="plain texts instead of pages")
    options = parser.parse_args()
    stamp = RunStamp(run_id="bench", at=datetime.now(UTC), pipeline_version="bench")
    pages = [] if options.texts else list(templates())
    found = []
    for number, record in enumerate(articles(options.documents)):
        markup = pages[number % len(pages)].filled(record) if pages else str(record["text"])
        document = RawDocument(
            source_uri=str(record["id"]),
            source_file="bench",
            source_kind="seed",
            media_type="text/html" if pages else "text/plain",
            body=markup.encode(),
            raw_hash=str(number),
            record=Hints() if pages else Hints(title=record["title"]),
        )
        times = [time.process_time()]
        likely = score(document)
        times.append(time.process_time())
        made = prepare(document, stamp)
        times.append(time.process_time())
        relevant = not isinstance(made, Rejected) and made[0].relevant
        found.append((likely, relevant, times[1] - times[0], times[2] - times[1]))
        if relevant and likely < PASSES_FROM:
            print(
                f"lost: {record['id']} in {pages[number % len(pages)].name if pages else 'text'}, {likely}",
                file=sys.stderr,
            )
    print(json.dumps(table(found), indent=2))


def table(found: list[tuple[float, bool, float, float]]) -> dict[str, Any]:
    """What came of it, by score; `found` holds for each document its score, its relevance, seconds of look and path."""
    look, path = (sum(row[k] for row in found) for k in (2, 3))
    relevant = [row for row in found if row[1]]

    def at(limit: float) -> dict[str, float]:
        passing = [row for row in found if row[0] >= limit]
        return {
            "passes": round(len(passing) / len(found), 4),
            "kept_of_relevant": round(sum(row[1] for row in passing) / max(1, len(relevant)), 4),
            "times_as_fast": round(path / (look + sum(row[3] for row in passing)), 2),
        }

    return {
        "documents": len(found),
        "relevant": len(relevant),
        "ms_quick_look": round(1000 * look / len(found), 2),
        "ms_full_path": round(1000 * path / len(found), 2),
        "now": {"from": PASSES_FROM, **at(PASSES_FROM)},
        "others": {str(limit): at(limit) for limit in SCORES},
    }


if __name__ == "__main__":
    main()
