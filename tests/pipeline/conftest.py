"""Whole runs in a temporary folder, over small written news; the coder is a cheap one where only the fold is meant."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from pipeline import coding
from pipeline.__main__ import main
from pipeline.run import run
from pipeline.run_options import RunOptions
from schemas.articles import Article
from schemas.dictionary import DATASETS
from schemas.events import Actor, Event
from schemas.runs import RunRecord

ROOT = Path(__file__).parents[2]
OF_THE_RUN = ("run_id", "pipeline_version")

RunOver = Callable[..., RunRecord]
Datasets = Callable[[Path], dict[str, list[dict[str, Any]]]]
Ended = Callable[..., tuple[int, str, str]]
Order = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def run_over() -> RunOver:
    """A run: `run_over(output, *seeds, **options)`."""

    def run_over(output: Path, *seeds: Path, **options: Any) -> RunRecord:
        return run(RunOptions(seeds=tuple(map(str, seeds)), output=str(output), **options))

    return run_over


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it is after `make run` in a fresh clone: `seeds`, and what the real coder made of them in `output`."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run(RunOptions(seeds=("seeds",), output="output"))
    return folder


@pytest.fixture(scope="session")
def datasets() -> Datasets:
    """The rows of all datasets by name, in an order of their own; run, version and times of rejections aside."""

    def rows(output: Path, name: str) -> list[dict[str, Any]]:
        data = ds.dataset(output / name, partitioning="hive").to_table()
        found = data.drop_columns([c for c in (*OF_THE_RUN, "at") if c in data.column_names]).to_pylist()
        return sorted(found, key=lambda row: json.dumps(row, sort_keys=True, default=str))

    return lambda output: {name: rows(output, name) for name in DATASETS}


@pytest.fixture(scope="session")
def became() -> Callable[[RunRecord], dict[str, int]]:
    """What became of documents by a run's record, zeros aside."""
    return lambda record: {name: count for name, count in record.counts.items() if count}


def told(article: Article) -> list[Event]:
    """One or two events of each relevant article, by hashes of its id and text: no coder, and no cheaper one there is."""
    if not article.relevant:
        return []
    draw = hashlib.blake2b(f"{article.article_id} {article.text}".encode(), digest_size=4).digest()
    sentence = article.text[: article.text.index(".") + 1]
    return [
        Event(
            event_id=hashlib.blake2b(f"{article.article_id} {number}".encode(), digest_size=16).hexdigest(),
            event_cluster_id="",
            article_id=article.article_id,
            event_type=("rescue", "return")[draw[0] % 2],
            event_class="material",
            factuality="actual",
            sources=(Actor(name="Italy", code=("ITA", "MLT")[draw[1] % 2], sector="GOV"),),
            targets=(Actor(name="migrants", code="REF", sector="REF"),),
            source_codes=(("ITA", "MLT")[draw[1] % 2],),
            target_codes=("REF",),
            event_date=article.published_date,
            event_date_precision="day" if article.published_date else None,
            event_date_basis="explicit" if article.published_date else "unstated",
            series_date=article.published_date,
            place_name="Lampedusa",
            place_country="ITA",
            place_basis="sentence",
            trigger="rescued",
            evidence=sentence,
            evidence_field="text",
            evidence_start=0,
            evidence_end=len(sentence),
            sentence_index=number,
            rule_id="told",
            coder_version="told",
            confidence=0.5,
            published_at=article.published_at,
            published_date=article.published_date,
            publisher=article.publisher,
            url=article.url,
        )
        for number in range(1 + draw[2] % 2)
    ]


@pytest.fixture
def cheap_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events as `told` tells them, in this process: for tests of what is done with events, whatever they are."""
    monkeypatch.setattr(coding, "code_article", told)


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ended:
    """Run a command in this process: status, standard output, standard error."""

    def ended(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["migration-events", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        assert isinstance(end.value.code, int)
        return end.value.code, *capsys.readouterr()

    return ended


@pytest.fixture(scope="module")
def order() -> Iterator[Order]:
    """Give an order to the process that runs, and wait for its answer."""
    script = Path(__file__).with_name("runs_to_kill.py")
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": root},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def order(output: Path, *seeds: Path, **more: Any) -> dict[str, Any]:
            assert process.stdin is not None
            assert process.stdout is not None
            words = {"seeds": [str(s) for s in seeds], "output": str(output), **more}
            process.stdin.write(json.dumps(words) + "\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
            return answer

        yield order
        process.stdin.close()
