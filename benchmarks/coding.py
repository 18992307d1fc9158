"""The coder's speed: over articles of all news, and over those that are about migration; and its time against length.

    python benchmarks/coding.py [--articles 1000] [--relevant 60]

The articles are shared ones, drawn evenly, as the pipeline prepares them; those about migration are drawn until
there are enough. Prints as JSON articles a second of processor time: judging and coding all of them (most are not
about migration, and cost the judgement alone), and coding those that are. For length, articles about migration are
put together to texts of 1, 2, 4 and 8 articles: microseconds a word should stay as they are.
"""

import argparse
import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from material import Record, articles

from schemas.articles import Article
from schemas.documents import Hints, RawDocument, Rejected
from schemas.runs import RunStamp
from transforms.events import relevance
from transforms.events.coder import code_article
from transforms.prepare import prepare

STAMP = RunStamp(run_id="bench", at=datetime.now(UTC), pipeline_version="bench")


def prepared(record: Record) -> Article | None:
    """The article that the pipeline makes of a shared one."""
    body = (record["text"] or "").encode()
    found = prepare(
        RawDocument(
            source_uri=str(record["id"]),
            source_file="bench",
            source_kind="seed",
            media_type="text/plain",
            body=body,
            charset="utf-8",
            raw_hash="bench",
            record=Hints(title=record["title"], published=record["published"]),
        ),
        STAMP,
    )
    return None if isinstance(found, Rejected) else found[0]


def seconds(found: list[Article]) -> float:
    """Processor time of judging and coding."""
    start = time.process_time()
    for article in found:
        score = relevance.assess(article.title, article.text)
        code_article(replace(article, relevant=score >= relevance.RELEVANT_FROM, relevance=score))
    return time.process_time() - start


def measured(found: list[Article]) -> dict[str, float]:
    """Rate and size."""
    took = seconds(found)
    return {
        "articles": len(found),
        "mean_words": round(sum(a.word_count for a in found) / len(found)),
        "per_second": round(len(found) / took, 1),
    }


def by_length(found: list[Article]) -> dict[str, float]:
    """Microseconds a word, by how many articles were put together."""
    times = {}
    for count in (1, 2, 4, 8):
        joined = [
            replace(found[at], text="\n".join(a.text for a in found[at : at + count]))
            for at in range(0, len(found), count)
        ]
        took = seconds(joined)
        times[str(count)] = round(1e6 * took / sum(len(a.text.split()) for a in joined), 1)
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--relevant", type=int, default=60)
    options = parser.parse_args()
    found = [a for record in articles(options.articles) if (a := prepared(record)) is not None]
    relevant: list[Article] = []
    for record in articles(6000):
        if relevance.assess(record["title"], record["text"] or "") >= relevance.RELEVANT_FROM:
            article = prepared(record)
            if article is not None and article.relevant:
                relevant.append(article)
        if len(relevant) == options.relevant:
            break
    seconds(relevant[:1])  # the coder loads what it needs
    result: dict[str, Any] = {
        "all_news": measured(found),
        "about_migration": measured(relevant),
        "microseconds_a_word_by_articles_put_together": by_length(relevant[: len(relevant) // 8 * 8]),
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
