"""What a run costs that adds a little to a lot, against one that begins with the little.

    python benchmarks/incremental.py [--articles 100000] [--added 100] [--relevant 0.2] [--folder FOLDER]

Articles are made up: random words, some of them with a paragraph about a rescue, over six years of publication. The
added ones are of one day, or, in a second measurement, of any. All runs are processes of their own, as a scheduler
starts them; only the coder is a cheap one, one or two events for each relevant article, since it does the same work in
all of them. Prints seconds as JSON, with and without the start of the process, their ratios, and how many files were
written; the aim is a ratio of 3. With --folder, what was made there before is used again.
"""

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FIRST_DAY, DAYS = date(2015, 1, 1), 2190
SYLLABLES = [*re.findall("..", "bacodifegulamoniperosativuze"), "ker", "lin", "mar", "tos", "ven", "dal"]
SMALL_WORDS = ["the", "of", "and", "to", "in", "was", "for", "with", "that", "said"]
PER_FILE = 1000


def words(count: int = 20_000) -> list[str]:
    """Made-up words, always the same."""
    draw = random.Random(0)
    return ["".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 4))) for _ in range(count)]


def article(number: int, lexicon: list[str], relevant: float, day: date | None) -> dict[str, str]:
    """A made-up article of some 300 words; one number, one article."""
    draw = random.Random(number)
    published = day or FIRST_DAY + timedelta(days=draw.randrange(DAYS))
    sentences = []
    if draw.random() < relevant:
        rescued = draw.randint(10, 400)
        sentences.append(f"The coastguard rescued {rescued} migrants off Lampedusa on Monday, officials in Rome said.")
        sentences.append("The asylum seekers were taken to a reception centre, and other states were asked for help.")
    for _ in range(18):
        chosen = [draw.choice(lexicon if draw.random() < 0.6 else SMALL_WORDS) for _ in range(16)]
        sentences.append(" ".join(chosen).capitalize() + ".")
    return {
        "id": str(number),
        "url": f"https://paper{draw.randrange(40)}.example/{number}",
        "title": f"{draw.choice(lexicon)} {draw.choice(lexicon)} {number}".capitalize(),
        "published": published.isoformat(),
        "language": "en",
        "text": " ".join(sentences),
    }


def write_articles(folder: Path, first: int, count: int, relevant: float, day: date | None = None) -> Path:
    """Write made-up articles as JSON lines, a thousand a file."""
    lexicon = words()
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(first, first + count, PER_FILE):
        numbers = range(start, min(start + PER_FILE, first + count))
        lines = [json.dumps(article(number, lexicon, relevant, day)) for number in numbers]
        (folder / f"{start:07}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def run(output: Path, *seeds: Path) -> dict[str, Any]:
    """One run in a process of its own."""
    started = time.monotonic()
    words = [sys.executable, __file__, "--run", str(output), *map(str, seeds)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    outcome: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return outcome | {"process": time.monotonic() - started}


def run_here(output: str, seeds: list[str]) -> None:
    """The run itself, with a cheap coder; prints its steps and how long it took."""
    from pipeline import coding
    from pipeline.run import run as run_pipeline
    from pipeline.run_options import RunOptions
    from schemas.articles import Article
    from schemas.events import Actor, Event

    def told(found: Article) -> list[Event]:
        if not found.relevant:
            return []
        draw = random.Random(found.article_id)
        codes = (draw.choice(["ITA", "MLT", "GRC", "ESP"]),)
        evidence = found.text[: found.text.index(".") + 1]
        return [
            Event(
                event_id=f"{found.article_id}{number}",
                event_cluster_id="",
                article_id=found.article_id,
                event_type=draw.choice(["rescue", "refusal", "agreement", "return"]),
                event_class="material",
                factuality="actual",
                sources=(Actor(name="Coastguard", code=codes[0], sector="MIL"),),
                targets=(Actor(name="migrants", code="REF", sector="REF"),),
                source_codes=codes,
                target_codes=("REF",),
                event_date=found.published_date,
                event_date_precision="day",
                event_date_basis="explicit",
                series_date=found.published_date,
                place_name="Lampedusa",
                place_country="ITA",
                place_basis="sentence",
                trigger="rescued",
                evidence=evidence,
                evidence_field="text",
                evidence_start=0,
                evidence_end=len(evidence),
                sentence_index=number,
                rule_id="told",
                coder_version="told",
                confidence=0.5,
                published_at=found.published_at,
                published_date=found.published_date,
                publisher=found.publisher,
                url=found.url,
            )
            for number in range(draw.randint(1, 2))
        ]

    coding.code_article = told
    started = time.monotonic()
    record = run_pipeline(RunOptions(seeds=tuple(seeds), output=output))
    print(json.dumps({"run": time.monotonic() - started, "new": record.counts["new"], "steps": record.seconds}))


def written(output: Path) -> str:
    """How many of the current snapshot's files are no links to older ones."""
    files = list((output / "_current" / ".").rglob("*.parquet"))
    return f"{sum(file.stat().st_nlink == 1 for file in files)} of {len(files)}"


def measure(folder: Path, articles: int, added: int, relevant: float) -> dict[str, Any]:
    """All runs and their ratios."""
    base = folder / f"output-{articles}-{relevant}"
    if not base.exists():
        run(base, write_articles(folder / "seeds", 0, articles, relevant))
    results: dict[str, Any] = {}
    for name, day in (("one day", FIRST_DAY + timedelta(days=DAYS - 1)), ("any day", None)):
        late = write_articles(folder / f"late {name}", 10**7, added, relevant, day)
        for output in (folder / "empty", folder / "large"):
            shutil.rmtree(output, ignore_errors=True)
        small = run(folder / "empty", late)
        shutil.copytree(base, folder / "large", symlinks=True)
        large = run(folder / "large", late)
        results[name] = {
            "on_empty": small,
            f"on_{articles}": large,
            "ratio": round(large["run"] / small["run"], 2),
            "ratio_of_processes": round(large["process"] / small["process"], 2),
            "files_written": written(folder / "large"),
        }
    return results


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--run"]:
        run_here(sys.argv[2], sys.argv[3:])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--added", type=int, default=100)
    parser.add_argument("--relevant", type=float, default=0.2, help="share of articles that are about migration")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        print(json.dumps(measure(folder, options.articles, options.added, options.relevant), indent=2))


if __name__ == "__main__":
    main()
