"""Flink as `make flink-test` sets it up; elsewhere these tests are skipped."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flink_cluster import FlinkCluster


@pytest.fixture
def flink(tmp_path: Path) -> Iterator[FlinkCluster]:
    """A cluster; it ends with the test."""
    installed = os.environ.get("MIGRATION_EVENTS_FLINK")
    if installed is None:
        pytest.skip("Flink is not set up: make flink-test")
    if not shutil.which("java"):
        pytest.skip("Flink needs Java, and there is none")
    cluster = FlinkCluster(Path(installed), tmp_path / "cluster")
    try:
        yield cluster
    finally:
        cluster.stop()
