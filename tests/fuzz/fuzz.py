"""Feed one target with what atheris makes of its corpus: `python tests/fuzz/fuzz.py TARGET CPU_MINUTES FOLDER`.

What is new in it goes to FOLDER, and so does what makes the target raise, take more than 10 s of the processor or more
than a gigabyte: that is put into the corpus, and the test of the corpus fails until it is mended.
"""

import os
import resource
import sys
import time
from pathlib import Path

import atheris

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent.parent)]
OURS = [
    "pipeline.sources",
    "pipeline.following",
    "pipeline.fetch",
    "pipeline.audit",
    "pipeline.corrections",
    "transforms",
]
PARSERS = ["trafilatura", "courlan", "feedparser", "warcio", "protego", "tomllib", "csv", "json", "dateutil", "ftfy"]

with atheris.instrument_imports(include=[*OURS, *PARSERS]):
    from fuzz_targets import TARGETS

LONGEST_SECONDS, MOST_MEGABYTES, MOST_BYTES = 10, 1024, 20_000


def megabytes() -> int:
    """The most memory that this process ever had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(name: str, minutes: float, folder: Path) -> None:
    """Fuzz a target for some minutes of the processor."""
    target, runs = TARGETS[name], 0
    for path in sorted((HERE / "corpus" / name).iterdir()):
        target(path.read_bytes())  # what is loaded at first use belongs to no document
    began, before = time.process_time(), megabytes()
    folder.mkdir(parents=True, exist_ok=True)

    def once(data: bytes) -> None:
        nonlocal runs
        start = time.process_time()
        target(data)
        runs += 1
        end = time.process_time()
        if end - start > LONGEST_SECONDS:
            raise TimeoutError(f"{end - start:.0f} s for {len(data)} bytes")
        if end - began > 60 * minutes:
            used = f"{(end - began) / 60:.1f} minutes of the processor, {megabytes() - before} MB more than at first"
            print(f"{name}: {runs:,} documents, {used}; none crashed or hung", flush=True)
            os._exit(0)  # libFuzzer counts minutes of the clock alone

    limits = [f"-rss_limit_mb={before + MOST_MEGABYTES}", f"-max_len={MOST_BYTES}", f"-timeout={6 * LONGEST_SECONDS}"]
    options = [*limits, f"-artifact_prefix={folder}/", "-print_final_stats=1", "-verbosity=0"]
    atheris.Setup(["fuzz", *options, str(folder), str(HERE / "corpus" / name)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3]))
