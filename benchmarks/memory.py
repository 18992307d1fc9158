"""How much memory and time a run takes over many texts: over 10,000, over 100,000, over a million.

    python benchmarks/memory.py [--texts 10000 100000] [--relevant-only]

Texts are the shared articles, each time with sentences in another order and a number of its own, so that none is a
copy of another; those about migration are coded like others, one in twenty-five. Prints as JSON the seconds and the
most memory (resident, of the largest process) for each count, and the memory against that of the first; the aim is
at most 1.5 for ten times as many texts.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from material import Record, articles

PER_FILE = 10_000


def varied(record: Record, number: int) -> dict[str, str | None]:
    """An article of its own made of a shared one: its sentences shuffled, so that hardly a passage is the same."""
    draw = random.Random(number)
    words = (record["text"] or "").split()
    clauses = re.split(r"(?<=[,.;:]) ", " ".join(words))
    draw.shuffle(clauses)
    day = f"20{number % 20:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return {"id": str(number), "title": record["title"], "published": day, "text": f"{' '.join(clauses)} ({number})"}


def write_texts(folder: Path, count: int) -> Path:
    """Write texts as JSON lines."""
    folder.mkdir()
    records = articles(6000)
    for start in range(0, count, PER_FILE):
        with (folder / f"{start:07}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(start, min(start + PER_FILE, count)):
                file.write(json.dumps(varied(records[number % len(records)], number), ensure_ascii=False) + "\n")
    return folder


def measure(folder: Path, relevant_only: bool) -> dict[str, Any]:
    """One run in a process of its own."""
    with tempfile.TemporaryDirectory() as output:
        words = [sys.executable, __file__, "--run", str(folder), output, *(["relevant"] if relevant_only else [])]
        started = time.monotonic()
        printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        wall = time.monotonic() - started
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found | {"seconds": round(wall, 1)}


def run_here(folder: str, output: str, relevant_only: bool) -> None:
    """The run itself; prints what it counted and the most memory that it held."""
    from pipeline.run import run
    from pipeline.run_options import RunOptions

    record = run(RunOptions(seeds=(folder,), output=output, relevant_only=relevant_only))
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = round(used.ru_maxrss / 1024)
    cpu = round(used.ru_utime + used.ru_stime, 1)
    print(json.dumps({"mb": most, "cpu": cpu, "counts": record.counts, "steps": record.seconds}))


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--run"]:
        run_here(sys.argv[2], sys.argv[3], len(sys.argv) > 4)
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--relevant-only", action="store_true")
    options = parser.parse_args()
    found: dict[int, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for count in options.texts:
            found[count] = measure(write_texts(Path(scratch) / str(count), count), options.relevant_only)
            found[count]["memory_against_first"] = round(found[count]["mb"] / found[options.texts[0]]["mb"], 2)
            print(json.dumps({count: found[count]}), file=sys.stderr, flush=True)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
