"""The gate to other runners, without Java: a job service and workers in processes of their own, as on a cluster.

It catches what the local runner hides: functions and records that do not pickle, modules that workers cannot import.
"""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from pipeline.errors import NotPublishedError
from pipeline.run import run
from pipeline.run_options import RunOptions

WITHOUT_RUN = ["run_id", "pipeline_version"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def serve(module: str, *arguments: str, until: str) -> subprocess.Popen[str]:
    """A module running as a service, once it has said that it is ready."""
    bin_first = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # workers start as `python`
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, "PATH": bin_first},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if re.search(until, line):
            return process
    pytest.fail(f"{module} did not start")


@pytest.fixture
def cluster() -> Iterator[list[str]]:
    """Beam's options for a job service and a worker pool on this machine."""
    jobs, workers = free_port(), free_port()
    runners = "apache_beam.runners"
    services = [
        serve(f"{runners}.portability.local_job_service_main", "--port", str(jobs), until="Listening for beam jobs"),
        serve(f"{runners}.worker.worker_pool_main", "--service_port", str(workers), until="Started worker pool"),
    ]
    try:
        yield [
            "--runner=PortableRunner",
            f"--job_endpoint=localhost:{jobs}",
            "--environment_type=EXTERNAL",
            f"--environment_config=localhost:{workers}",
        ]
    finally:
        for service in services:
            service.kill()
            service.wait()


def rows(output: Path, table: str) -> list[dict[str, object]]:
    data = ds.dataset(output / table, partitioning="hive").to_table().drop_columns(WITHOUT_RUN)
    return sorted(data.to_pylist(), key=repr)


def test_workers_of_another_process_make_the_same_rows(
    cluster: list[str], clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clone)
    record = run(RunOptions(seeds=("seeds",), output=str(tmp_path / "portable"), beam=tuple(cluster)))
    assert record.counts["read"] == record.counts["new"] == 3
    for table in ("articles", "events"):
        assert rows(tmp_path / "portable", table) == rows(clone / "output", table) != []


def test_a_job_that_fails_publishes_nothing_and_says_so(
    cluster: list[str], clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clone)
    without_workers = [*cluster[:-1], f"--environment_config=localhost:{free_port()}"]
    with pytest.raises(NotPublishedError, match=r"'collect'.*nothing was published"):
        run(RunOptions(seeds=("seeds",), output=str(tmp_path / "data"), beam=tuple(without_workers)))
    assert not (tmp_path / "data" / "_current").exists()
    assert not list((tmp_path / "data" / "_staging").glob("*"))
