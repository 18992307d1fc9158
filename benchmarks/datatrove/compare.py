"""The pipeline against datatrove on the same pages, two worker processes each.

    python benchmarks/datatrove/compare.py PYTHON [--pages 1000]

PYTHON is the interpreter that datatrove is installed for (`make bench-datatrove` makes it). datatrove reads,
extracts with trafilatura, finds near-duplicates and writes texts; the pipeline does so too, and also finds titles,
authors, dates, cleans, and codes events. What each takes over 20 pages is taken off. Prints JSON; the aim is 1.7
times as many pages a second.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from material import articles  # noqa: E402
from throughput import WARM_UP, child, in_order, write_documents  # noqa: E402


def datatrove(python: str, pages: str) -> dict[str, float]:
    """One run of datatrove: seconds, and seconds of processors."""
    with tempfile.TemporaryDirectory() as output:
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        words = [python, str(HERE / "pages.py"), pages, output]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": round(wall, 2), "cpu": round(cpu, 2)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("python")
    parser.add_argument("--pages", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        drawn = in_order(articles(options.pages))
        many = str(write_documents(Path(scratch) / "many", "pages", options.pages, drawn))
        few = str(write_documents(Path(scratch) / "few", "pages", WARM_UP, drawn))
        runs = {
            "datatrove": [datatrove(options.python, folder) for folder in (few, many)],
            "pipeline": [child("pipeline", 2, folder) for folder in (few, many)],
        }
    rates = {
        unit: {name: (options.pages - WARM_UP) / (many[unit] - few[unit]) for name, (few, many) in runs.items()}
        for unit in ("seconds", "cpu")
    }
    found = {
        "pages": options.pages,
        "runs": runs,
        "pages_a_second": {name: round(rate, 1) for name, rate in rates["seconds"].items()},
        "ratio": round(rates["seconds"]["pipeline"] / rates["seconds"]["datatrove"], 2),
        "ratio_cpu": round(rates["cpu"]["pipeline"] / rates["cpu"]["datatrove"], 2),
    }
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
