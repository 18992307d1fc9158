"""Run the pipeline over the shared records and print how good it is, in one table (`make evaluate`).

The records and their scorers lie outside the project: MIGRATION_EVENTS_SHARED names the folder (default `../shared`).
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("MIGRATION_EVENTS_SHARED", ROOT.parent / "shared")).resolve()

Row = tuple[str, float, str]
"""What, how good, what is aimed at."""

EVENT_AIMS = {"sentence": 0.82, "type": 0.68, "factual": 0.62, "source": None, "event": 0.50, "exact": None}
ATTRIBUTE_AIMS = {
    "event_date": 0.80,
    "place_country": 0.70,
    "policy_area": 0.60,
    "restrictiveness": 0.55,
    "figures": 0.80,
}


def run(seeds: Path, output: Path) -> Path:
    """Run the pipeline over seeds into an output folder; returns the folder."""
    command = [sys.executable, "-m", "pipeline", "run", "--seeds", str(seeds), "--output", str(output)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return output


def score(scorer: Path, *words: str | Path) -> str:
    """What a scorer prints."""
    command = [sys.executable, str(scorer), *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def events(output: Path) -> Iterator[Row]:
    """Events and relevance against the development records."""
    gold = SHARED / "gold"
    run(gold / "dev.jsonl", output)
    words = (gold / "dev.jsonl", output, "--clusters", gold / "dev_clusters.jsonl", "--json")
    found = json.loads(score(gold / "score_events.py", *words))
    for name, aim in EVENT_AIMS.items():
        yield f"events: {name} F1", found[name]["f1"], f"{aim}" if aim else ""
    yield "events: precision of event", found["event"]["precision"], "0.55"
    yield "events: extra per gold event", found["extra"], "at most 0.33"
    for name, aim in ATTRIBUTE_AIMS.items():
        yield f"events: {name} F1", found["attributes"][name]["f1"], f"{aim}"
    yield "events: same happening F1", found["clusters"]["f1"], "0.75"
    yield "articles: relevant F1", found["relevant"], "0.95"
    yield "articles: irrelevant ones kept", found["irrelevant_kept"], "at most 0.10"


def pages(output: Path) -> Iterator[Row]:
    """Extraction against real pages."""
    run(SHARED / "pages" / "html", output)
    printed = score(SHARED / "pages" / "score_pages.py", output)
    for name, pattern, aim in (
        ("text F1", r"text.*F1 ([\d.]+)", "0.965"),
        ("title", r"title +([\d.]+)", "0.97"),
        ("day of publication", r"date +([\d.]+)", "0.98"),
        ("author", r"author +([\d.]+)", "0.93"),
    ):
        yield f"pages: {name}", _number(pattern, printed), aim


def duplicates(output: Path) -> Iterator[Row]:
    """Copies against known ones."""
    run(SHARED / "duplicates" / "documents.jsonl", output)
    printed = score(SHARED / "duplicates" / "score_duplicates.py", output)
    yield "duplicates: precision", _number(r"precision ([\d.]+)", printed), "0.999"
    yield "duplicates: recall", _number(r"recall ([\d.]+)", printed), "0.985"
    yield "duplicates: follow-ups wrongly paired", _number(r"wrongly paired: (\d+)", printed), "0"


def _number(pattern: str, printed: str) -> float:
    found = re.search(pattern, printed)
    if found is None:
        raise ValueError(f"no {pattern} in what the scorer printed: {printed}")
    return float(found[1])


def main() -> None:
    """Print the table, or say that there is nothing to measure on."""
    if not (SHARED / "gold").exists():
        sys.exit(f"nothing to measure on: no records at {SHARED} (set MIGRATION_EVENTS_SHARED)")
    table = Table("figure", "now", "aim", box=SIMPLE_HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for part in (events, pages, duplicates):
            for what, value, aim in part(Path(folder) / part.__name__):
                table.add_row(what, f"{value:.3f}", aim)
    Console(width=80).print(table)


if __name__ == "__main__":
    main()
