"""Over pages, texts and an archive, Flink's rows are the local runner's, column for column."""

import json
import os
from pathlib import Path
from typing import Any

import made_up
from flink_cluster import FlinkCluster

DOCUMENTS = int(os.environ.get("MIGRATION_EVENTS_FLINK_DOCUMENTS", "5000"))


def test_flink_makes_the_rows_that_the_local_runner_makes(
    flink: FlinkCluster, tmp_path: Path, run_over: Any, datasets: Any
) -> None:
    seeds = made_up.write(tmp_path / "seeds", DOCUMENTS)
    local = run_over(tmp_path / "local", seeds)
    cluster = run_over(tmp_path / "flink", seeds, beam=flink.options())
    print(json.dumps({"documents": DOCUMENTS, "local": local.seconds, "flink": cluster.seconds, **cluster.counts}))
    assert cluster.counts["read"] == DOCUMENTS
    assert cluster.counts["rejected"]
    assert cluster.counts["copies"]
    assert cluster.events
    assert (cluster.counts, cluster.rejected, cluster.repairs, cluster.events) == (
        local.counts,
        local.rejected,
        local.repairs,
        local.events,
    )
    expected, found = datasets(tmp_path / "local"), datasets(tmp_path / "flink")
    for name, rows in expected.items():
        assert rows, name
        assert found[name] == rows, name
    assert not list((tmp_path / "flink" / "_staging").glob("*"))
