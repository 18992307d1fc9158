"""The pipeline on one machine against a plain script over the same functions, with one worker process and with two.

    python benchmarks/throughput.py [--pages 1000] [--texts 6000] [--kinds pages texts]

The documents are the shared articles, as plain texts and set into the shared pages. The plain script reads,
prepares, codes what is relevant and writes Parquet, nothing else: it finds no copies, counts nothing, publishes
nothing. Both are processes of their own; what each takes over 20 documents is taken off, so that what is compared
is the work and not the start. Prints JSON and a table: documents a second, the ratio of the pipeline to the script,
the gain of each from a second worker; the aims are 0.85, and 0.9 of the script's gain. `cpu` is the ratio by
processor time, which other programs on the machine disturb less.
"""

import argparse
import json
import multiprocessing
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from material import Record, articles, templates
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from transforms.events.relevance import assess

FILES = 8
WARM_UP = 20
"""Documents of the run that shows what starting takes."""


def in_order(drawn: list[Record]) -> list[Record]:
    """One about migration first, so that the coder starts in a short run too; the others shuffled."""
    first, *others = sorted(drawn, key=lambda r: -assess(r["title"], r["text"] or ""))
    return [first, *random.Random(0).sample(others, len(others))]


def write_documents(folder: Path, kind: str, count: int, drawn: list[Record]) -> Path:
    """Write documents as JSON lines, evenly over some files."""
    folder.mkdir(parents=True)
    pages = list(templates()) if kind == "pages" else []
    files = [(folder / f"{number}.jsonl").open("w", encoding="utf-8") for number in range(FILES)]
    for number in range(count):
        record = drawn[number % len(drawn)]
        line = dict(record) | {"id": str(number), "url": None}
        if pages:
            line = {"id": str(number), "html": pages[number % len(pages)].filled(record)}
        elif number >= len(drawn):
            line["text"] = f"{line['text']}\n\nReport {number}."
        files[number % FILES].write(json.dumps(line) + "\n")
    for file in files:
        file.close()
    return folder


def plain(folder: str, workers: int, output: str) -> None:
    """The plain script: a pool of processes over the pieces of the files."""
    from pipeline.sources.files import cut_into_pieces, find_files
    from pipeline.sources.manifest import Manifest

    pieces = [(piece, output) for piece in cut_into_pieces(find_files([folder]), Manifest())]
    if workers == 1:
        for piece in pieces:
            plain_piece(piece)
        return
    with multiprocessing.Pool(workers) as pool:
        pool.map(plain_piece, pieces, chunksize=1)


def plain_piece(job: tuple[Any, str]) -> None:
    """Read, prepare, code, write."""
    import pyarrow.parquet as pq

    from pipeline.sources.readers import read_piece
    from schemas.columns import to_table
    from schemas.documents import Rejected
    from schemas.runs import RunStamp
    from transforms.events.coder import code_article
    from transforms.prepare import prepare

    piece, output = job
    stamp = RunStamp(run_id="bench", at=datetime.now(UTC), pipeline_version="bench")
    rows: dict[type, list[Any]] = {}
    for document in read_piece(piece):
        made = document if isinstance(document, Rejected) else prepare(document, stamp)
        for record in (made,) if isinstance(made, Rejected) else (*made, *code_article(made[0])):
            rows.setdefault(type(record), []).append(record)
    for record_type, records in rows.items():
        name = f"{record_type.__name__.lower()}-{Path(piece.path).stem}-{piece.start}.parquet"
        pq.write_table(to_table(record_type, records), Path(output) / name, compression="zstd")


def pipeline(folder: str, workers: int, output: str) -> None:
    """The same by the pipeline."""
    from pipeline.run import run
    from pipeline.run_options import RunOptions

    two = ("--direct_num_workers=2", "--direct_running_mode=multi_processing")
    run(RunOptions(seeds=(folder,), output=output, beam=two if workers == 2 else ()))


def child(how: str, workers: int, folder: str) -> dict[str, float]:
    """One measurement in a process of its own: seconds, and seconds of processors, of it and its own children."""
    with tempfile.TemporaryDirectory() as output:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.monotonic()
        words = [sys.executable, __file__, "--child", how, str(workers), folder, output]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": round(wall, 2), "cpu": round(cpu, 2)}


def measure(folder: Path, kind: str, count: int, workers: list[int]) -> dict[str, Any]:
    """All runs over one kind of documents, the script and the pipeline by turns."""
    drawn = in_order(articles(count))
    many = write_documents(folder / kind, kind, count, drawn)
    few = write_documents(folder / f"{kind}-few", kind, WARM_UP, drawn)
    found: dict[str, Any] = {"documents": count}
    for number in workers:
        for how in ("plain", "pipeline"):
            start, whole = child(how, number, str(few)), child(how, number, str(many))
            net = {k: max(whole[k] - start[k], 1e-9) for k in whole}
            found[f"{how} {number}"] = {
                "start": start,
                "whole": whole,
                "per_second": round((count - WARM_UP) / net["seconds"], 1),
                "per_cpu_second": round((count - WARM_UP) / net["cpu"], 1),
            }
        ours, theirs = found[f"pipeline {number}"], found[f"plain {number}"]
        found[f"ratio {number}"] = round(ours["per_second"] / theirs["per_second"], 3)
        found[f"ratio {number} cpu"] = round(ours["per_cpu_second"] / theirs["per_cpu_second"], 3)
    if 2 in workers and 1 in workers:
        gain = {how: found[f"{how} 2"]["per_second"] / found[f"{how} 1"]["per_second"] for how in ("plain", "pipeline")}
        found["gain from two"] = {how: round(value, 2) for how, value in gain.items()}
        found["ratio of gains"] = round(gain["pipeline"] / gain["plain"], 3)
    return found


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--child"]:
        how, workers, folder, output = sys.argv[2:]
        {"plain": plain, "pipeline": pipeline}[how](folder, int(workers), output)
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--texts", type=int, default=6000)
    parser.add_argument("--kinds", nargs="+", choices=["pages", "texts"], default=["pages", "texts"])
    parser.add_argument("--workers", nargs="+", type=int, choices=[1, 2], default=[1, 2])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        found = {k: measure(Path(scratch), k, getattr(options, k), options.workers) for k in options.kinds}
    print(json.dumps(found, indent=2))
    shown = Table(
        "documents", "workers", "script, a second", "pipeline, a second", "ratio", "ratio, cpu", "aim", box=SIMPLE_HEAD
    )
    for kind, figures in found.items():
        for number in options.workers:
            rates = [str(figures[f"{how} {number}"]["per_second"]) for how in ("plain", "pipeline")]
            ratios = [str(figures[f"ratio {number}"]), str(figures[f"ratio {number} cpu"])]
            shown.add_row(kind, str(number), *rates, *ratios, "0.85" if number == 1 else "")
        if "ratio of gains" in figures:
            gains = [f"x {figures['gain from two'][how]}" for how in ("plain", "pipeline")]
            shown.add_row(kind, "1 to 2", *gains, str(figures["ratio of gains"]), "", "0.9")
    Console(width=110, stderr=True).print(shown)


if __name__ == "__main__":
    main()
