"""What it means that an article was taken down."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.check import problems
from pipeline.errors import UsageError
from pipeline.run import forget
from pipeline.snapshots import Output

pytestmark = pytest.mark.usefixtures("cheap_coder")

Datasets = Callable[[Path], dict[str, list[dict[str, Any]]]]
FIRST = (
    "Sailors of the Nadir saved 40 migrants off Ceuta on Monday, and the mayor thanked the crew for all of its help."
)
SECOND = "The coastguard rescued 31 migrants off Samos on Friday, the Greek ministry said in the evening."


def write(path: Path, *records: dict[str, str]) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records))
    return path


@pytest.fixture
def out(tmp_path: Path, run_over: Callable[..., Any]) -> Path:
    """Two snapshots: an article, its copy by another paper that was published later, and another article."""
    original = {"id": "o", "text": FIRST, "published": "2019-01-01", "url": "https://one.example/a/1"}
    copy = {"id": "c", "text": FIRST, "published": "2019-01-02", "url": "https://two.example/b/2"}
    other = {"id": "x", "text": SECOND, "published": "2019-03-01", "url": "https://one.example/a/3"}
    run_over(tmp_path / "out", write(tmp_path / "a.jsonl", original))
    run_over(tmp_path / "out", write(tmp_path / "b.jsonl", copy, other))
    return tmp_path / "out"


def by_name(out: Path, datasets: Datasets) -> dict[str, dict[str, Any]]:
    return {row["source_uri"].split("#")[1]: row for row in datasets(out)["articles"]}


def test_an_article_that_is_taken_down_is_nowhere_and_its_copy_takes_its_place(out: Path, datasets: Datasets) -> None:
    articles = by_name(out, datasets)
    gone = articles["o"]["article_id"]
    assert articles["c"]["duplicate_of"] == gone
    assert {row["article_id"] for row in datasets(out)["events"]} == {gone, articles["x"]["article_id"]}
    record = forget(str(out), [gone])
    articles = by_name(out, datasets)
    assert set(articles) == {"c", "x"}
    assert articles["c"]["duplicate_of"] is None
    assert {row["article_id"] for row in datasets(out)["events"]} == {a["article_id"] for a in articles.values()}
    assert list(problems(Output(out))) == []
    assert [folder.name for folder in (out / "_snapshots").iterdir()] == [str(record.snapshot)]
    kept = [file for file in out.rglob("*.parquet") if "forgotten" not in file.parts]
    assert kept
    assert not [file for file in kept if b"one.example/a/1" in file.read_bytes()]


def test_it_does_not_come_back(
    out: Path, tmp_path: Path, datasets: Datasets, run_over: Callable[..., Any], became: Callable[..., Any]
) -> None:
    gone = by_name(out, datasets)["o"]["article_id"]
    forget(str(out), [gone])
    again = {"id": "again", "text": FIRST + " It was updated.", "url": "https://one.example/a/1"}
    assert became(run_over(out, write(tmp_path / "d.jsonl", again))) == {"read": 1, "forgotten": 1}
    assert set(by_name(out, datasets)) == {"c", "x"}
    forget(str(out), [gone])
    assert set(by_name(out, datasets)) == {"c", "x"}


def test_what_is_not_there_cannot_be_taken_down(out: Path) -> None:
    with pytest.raises(UsageError, match="no article 'nonsense' in the dataset"):
        forget(str(out), ["nonsense"])
