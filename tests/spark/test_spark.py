"""The datasets as Spark reads them, in local mode. `make test-spark` sets Spark up; elsewhere these tests are skipped."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from cookbook import ANSWERS, plain
from docs_code import blocks, run_beside, sections

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: make test-spark")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs Java, and there is none", allow_module_level=True)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One session for all tests: it takes longest to start."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.session.timeZone", "UTC").config("spark.sql.shuffle.partitions", "1")
    session = builder.config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("spark"))).getOrCreate()
    yield session
    session.stop()


def placed(code: str, world: Path) -> str:
    """Code of the docs with the datasets named in full: Spark looks from where its JVM was started."""
    return code.replace('"output/', f'"{world}/')


def test_spark_reads_partitions_and_nested_fields(spark: Any, world: Path) -> None:
    events = spark.read.parquet(str(world / "events"))
    assert dict(events.dtypes)["year"] == dict(events.dtypes)["month"] == "int"
    assert events.count() == 17
    (refusal,) = events.where("event_type = 'refusal' AND year = 2018 AND month = 6").collect()
    assert refusal.event_date == date(2018, 6, 24)
    assert refusal.published_at.astimezone(UTC) == datetime(2018, 6, 25, 8, 30, tzinfo=UTC)
    assert refusal.source_codes == ["ITA", "MLT"]
    assert [(actor.name, actor.sector, actor.nationalities) for actor in refusal.sources] == [
        ("Italy", "GOV", []),
        ("Malta", "GOV", []),
    ]
    assert refusal.targets[0].actor_id == "vessel/lifeline"
    (aid,) = events.where("event_type = 'aid'").selectExpr("explode(figures) AS figure").collect()
    assert (aid.figure.value, aid.figure.value_max, aid.figure.unit) == (4.0, None, "boats")
    for name, rows in (("articles", 13), ("clusters", 15), ("coverage", 13), ("rejected", 0)):
        assert spark.read.parquet(str(world / name)).count() == rows


def test_the_code_in_the_docs(spark: Any, world: Path) -> None:
    (code,) = blocks(sections("loading.md")["Spark"], "python")
    sources = run_beside(world, placed(code, world), spark=spark)["sources"]
    assert sources.count() == 18
    assert sources.columns == ["year", "event_type", "name"]


@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_the_cookbook(number: str, spark: Any, world: Path) -> None:
    (text,) = (text for heading, text in sections("cookbook.md").items() if heading.startswith(f"{number}."))
    (code,) = (code for code in blocks(text, "python") if code.startswith("# Spark"))
    answer = run_beside(world, placed(code, world), spark=spark)["answer"]
    assert [tuple(map(plain, row)) for row in answer.collect()] == [tuple(map(plain, row)) for row in ANSWERS[number]]
