"""Pages by datatrove alone, two workers: its JSON lines reader, trafilatura, MinHash in four stages, Parquet.

    python benchmarks/datatrove/pages.py PAGES OUTPUT

Runs in an environment of its own (`make bench-datatrove`); PAGES is a folder of JSON lines with `id` and `html`.
"""

import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter
from datatrove.pipeline.extractors import Trafilatura
from datatrove.pipeline.readers import JsonlReader, ParquetReader
from datatrove.pipeline.writers import ParquetWriter

WORKERS = 2
TASKS = 8
"""As many as there are files."""


def main(pages: str, output: str) -> None:
    """All stages, one after the other; each is split over the workers where it can be."""
    config = MinhashConfig()
    extracted, minhash = f"{output}/extracted", f"{output}/minhash"
    stages = [
        (TASKS, [JsonlReader(pages, text_key="html"), Trafilatura(timeout=30), ParquetWriter(extracted)]),
        (TASKS, [ParquetReader(extracted), MinhashDedupSignature(f"{minhash}/signatures", config=config)]),
        (config.num_buckets, [MinhashDedupBuckets(f"{minhash}/signatures", f"{minhash}/buckets", config=config)]),
        (1, [MinhashDedupCluster(f"{minhash}/buckets", f"{minhash}/remove", config=config)]),
        (
            TASKS,
            [ParquetReader(extracted), MinhashDedupFilter(f"{minhash}/remove"), ParquetWriter(f"{output}/articles")],
        ),
    ]
    for number, (tasks, steps) in enumerate(stages):
        LocalPipelineExecutor(steps, tasks=tasks, workers=WORKERS, logging_dir=f"{output}/logs/{number}").run()


if __name__ == "__main__":
    main(*sys.argv[1:])
