"""Code the documents of a gold file without Beam, as a dataset that ../shared/gold/score_events.py can score.

    python benchmarks/code_gold.py ../shared/gold/dev.jsonl /tmp/coded
    ../shared/gold/score_events.py ../shared/gold/dev.jsonl /tmp/coded --by-type --by-source --misses 40

It goes the way of the pipeline for one text (clean, relevance, code) and leaves out what a single file does not need:
deduplication, clusters, snapshots. For tuning the coder: it takes seconds.
"""

import argparse
import hashlib
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from schemas.articles import Article
from schemas.columns import to_table
from schemas.events import Event
from transforms.clean.text import mend_line, mend_text
from transforms.events import relevance
from transforms.events.coder import code_article

_PRECISION = {4: "year", 7: "month", 10: "day"}


def article_of(record: dict[str, Any], gold: Path) -> Article:
    """A gold record as the article that the pipeline would make of it."""
    title = mend_line(record.get("title") or "", english=True)[0] or None
    mended = mend_text(record["text"], english=True)
    text = mended.text
    published = record.get("published")
    exact = (
        published if isinstance(published, str) and len(published) in _PRECISION and published[:4].isdigit() else None
    )
    surely = relevance.assess(title, text)
    return Article(
        article_id=hashlib.blake2b(record["id"].encode(), digest_size=16).hexdigest(),
        source_uri=f"{gold}#{record['id']}",
        source_kind="seed",
        title=title,
        language="en",
        published_date=date.fromisoformat((exact + "-01-01")[:10] if len(exact) < 10 else exact) if exact else None,
        published_precision=_PRECISION[len(exact)] if exact else None,
        published_basis="record" if exact else None,
        dateline_place=mended.place,
        dateline_agency=mended.agency,
        text=text,
        word_count=len(text.split()),
        content_hash="",
        cluster_id="",
        relevant=surely >= relevance.RELEVANT_FROM,
        relevance=surely,
        run_id="",
        pipeline_version="",
    )


def main() -> None:
    """Code a gold file and write `articles/` and `events/`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    with args.gold.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    articles = [article_of(record, args.gold) for record in records]
    code_article(articles[0])  # loads the parser, which is not what is timed
    start = time.perf_counter()
    events = [event for article in articles for event in code_article(article)]
    seconds = time.perf_counter() - start
    for name, record_type, rows in (("articles", Article, articles), ("events", Event, events)):
        (args.output / name).mkdir(parents=True, exist_ok=True)
        pq.write_table(to_table(record_type, rows), args.output / name / "part.parquet")
    relevant = sum(a.relevant for a in articles)
    words = sum(a.word_count for a in articles if a.relevant)
    print(f"{len(articles)} articles, {relevant} relevant, {len(events)} events in {seconds:.1f} s", end=" ")
    print(f"({words / 500 / seconds:.0f} relevant articles of 500 words a second)")


if __name__ == "__main__":
    main()
