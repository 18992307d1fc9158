"""A document that kills or hangs its worker costs that document, not the run."""

import gc
import json
import logging
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import poison
import pytest

from pipeline import coding, limits, preparing, staging, supervise
from pipeline.apart import run_apart
from pipeline.check import problems
from pipeline.errors import NotPublishedError
from pipeline.hands import Hand, Hands
from pipeline.run import recode
from pipeline.snapshots import Output
from pipeline.tables import connect
from schemas.runs import RunRecord

RunOver = Callable[..., RunRecord]
Datasets = Callable[[Path], dict[str, list[dict[str, Any]]]]
Became = Callable[[RunRecord], dict[str, int]]

ROOT = Path(__file__).parents[2]
SUPPORT = Path(poison.__file__).parent
TWO_WORKERS = ("--direct_num_workers=2", "--direct_running_mode=multi_processing")


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch, cheap_coder: None) -> None:
    """Poisons in this process and its forks; a document has two seconds of the processor, not ten, and less memory."""
    monkeypatch.setattr(preparing, "prepare", preparing.prepare)  # so that they are taken out again
    monkeypatch.setattr(coding, "code_article", coding.code_article)
    monkeypatch.setattr(supervise, "WORK_SECONDS", 2.0)
    monkeypatch.setattr(limits, "MEMORY", 1 << 30)
    poison.install()


def story(number: int, more: str = "") -> str:
    """Stories with few words in common, so that none is a copy."""
    words = " ".join(
        f"{place}{number * 7 + i}" for i, place in enumerate(("Ceuta", "Samos", "Dover", "Crete", "Malta") * 4)
    )
    return f"The coastguard rescued {20 + number} migrants off {words} on Monday. {more}"


def write(path: Path, texts: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()))
    return path


def reasons(datasets: Datasets, output: Path) -> dict[str, tuple[str, str]]:
    return {row["source_uri"].split("#")[-1]: (row["stage"], row["reason"]) for row in datasets(output)["rejected"]}


def test_each_poison_costs_its_document_alone(
    tmp_path: Path,
    run_over: RunOver,
    datasets: Datasets,
    became: Became,
    poisoned: None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sound = {f"n{i}": story(i) for i in range(6)}
    bad = {name: story(9, f"POISON-prepare-{name}") for name in ("segfault", "loop", "memory")}
    texts = {"n0": sound["n0"], "segfault": bad["segfault"], "n1": sound["n1"], **bad, **sound}
    with caplog.at_level(logging.WARNING):
        record = run_over(tmp_path / "out", write(tmp_path / "news.jsonl", texts))
    assert reasons(datasets, tmp_path / "out") == {name: ("extract", poison.REASONS[name]) for name in bad}
    assert became(record) == {"read": 9, "new": 6, "rejected": 3}
    assert record.rejected == {"crashed": 2, "timeout": 1}
    details = {row["source_uri"].split("#")[-1]: row["detail"] for row in datasets(tmp_path / "out")["rejected"]}
    assert "ends by SIGSEGV, also when it is tried alone; please report it" in details["segfault"]
    assert "not done in 2 s" in details["loop"]
    assert "takes more than 1 GB of memory" in details["memory"]
    assert f"{tmp_path}/news.jsonl#segfault is rejected" in caplog.text
    assert list(problems(Output(tmp_path / "out"))) == []
    write(tmp_path / "news.jsonl", sound)
    run_over(tmp_path / "undisturbed", tmp_path / "news.jsonl")
    assert datasets(tmp_path / "out")["articles"] == datasets(tmp_path / "undisturbed")["articles"]
    assert datasets(tmp_path / "out")["events"] == datasets(tmp_path / "undisturbed")["events"]


def test_an_article_that_no_coder_survives_keeps_its_row_and_has_no_events(
    tmp_path: Path, run_over: RunOver, datasets: Datasets, poisoned: None
) -> None:
    texts = {
        "n0": story(0),
        "killed": story(1, "POISON-code-killed."),
        "loop": story(2, "POISON-code-loop."),
        "n3": story(3),
    }
    record = run_over(tmp_path / "out", write(tmp_path / "news.jsonl", texts))
    expected = {"killed": ("code", "crashed"), "loop": ("code", "timeout")}
    assert reasons(datasets, tmp_path / "out") == expected
    assert (record.counts["new"], record.counts["rejected"]) == (4, 0)
    assert len({row["article_id"] for row in datasets(tmp_path / "out")["events"]}) == 2
    assert run_over(tmp_path / "out", tmp_path / "news.jsonl").snapshot is None
    before = datasets(tmp_path / "out")
    recode(str(tmp_path / "out"))
    assert datasets(tmp_path / "out") == before
    assert list(problems(Output(tmp_path / "out"))) == []


def test_a_worker_that_dies_among_others_costs_what_it_had_in_hand_alone(
    tmp_path: Path,
    run_over: RunOver,
    datasets: Datasets,
    became: Became,
    poisoned: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "sitecustomize.py").write_text("import poison\npoison.install()\n")
    paths = [str(tmp_path), str(SUPPORT), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))  # for workers, which are processes of their own
    (tmp_path / "in").mkdir()
    for number in range(4):
        write(tmp_path / "in" / f"{number}.jsonl", {f"n{number}": story(number), f"m{number}": story(number + 10)})
    write(tmp_path / "in" / "bad.jsonl", {"segfault": story(30, "POISON-prepare-segfault"), "last": story(31)})
    record = run_over(tmp_path / "out", tmp_path / "in", beam=TWO_WORKERS)
    assert reasons(datasets, tmp_path / "out") == {"segfault": ("extract", "crashed")}
    assert became(record) == {"read": 10, "new": 9, "rejected": 1}
    assert list(problems(Output(tmp_path / "out"))) == []


def test_a_file_that_cannot_be_read_to_its_end_keeps_what_could_be(
    tmp_path: Path,
    run_over: RunOver,
    datasets: Datasets,
    became: Became,
    poisoned: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = preparing.read_documents

    def dying(piece: Any, **more: Any) -> Any:
        for number, document in enumerate(read(piece, **more)):
            if piece.path.endswith("bad.jsonl") and number == 2:
                poison.POISONS["segfault"]()
            yield document

    monkeypatch.setattr(preparing, "read_documents", dying)
    for name in ("bad", "good"):
        write(tmp_path / f"{name}.jsonl", {f"{name}{i}": story(i + 10 * len(name)) for i in range(4)})
    record = run_over(tmp_path / "out", tmp_path / "bad.jsonl", tmp_path / "good.jsonl")
    assert became(record) == {"read": 7, "new": 6, "rejected": 1}
    (rejected,) = datasets(tmp_path / "out")["rejected"]
    assert (rejected["source_uri"], rejected["stage"], rejected["reason"]) == (
        f"{tmp_path}/bad.jsonl",
        "read",
        "crashed",
    )
    assert rejected["detail"].startswith("after 2 documents: ")
    monkeypatch.setattr(preparing, "read_documents", read)
    again = run_over(tmp_path / "out", tmp_path / "bad.jsonl", tmp_path / "good.jsonl")
    assert became(again) == {"read": 4, "new": 2, "seen_again": 2, "unchanged": 4}
    assert datasets(tmp_path / "out")["rejected"] == []


def test_a_document_that_only_seemed_to_be_at_fault_is_taken(
    tmp_path: Path, run_over: RunOver, datasets: Datasets, poisoned: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare, died = preparing.prepare, tmp_path / "died"

    def die_once(document: Any, stamp: Any) -> Any:
        if b"Ceuta7 " in document.body and not died.exists():
            died.touch()
            poison.POISONS["killed"]()
        return prepare(document, stamp)

    monkeypatch.setattr(preparing, "prepare", die_once)
    record = run_over(tmp_path / "out", write(tmp_path / "news.jsonl", {f"n{i}": story(i) for i in range(3)}))
    assert died.exists()
    assert (record.counts["read"], record.counts["new"]) == (3, 3)
    assert datasets(tmp_path / "out")["rejected"] == []


def test_workers_that_die_with_nothing_in_hand_end_the_run(
    tmp_path: Path, run_over: RunOver, poisoned: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervise, "run_graph", lambda *_: poison.POISONS["killed"]())
    with pytest.raises(NotPublishedError, match=r"workers ended 3 times with no document in hand .*SIGKILL"):
        run_over(tmp_path / "out", write(tmp_path / "news.jsonl", {"n": story(1)}))


def test_what_was_staged_before_a_death_is_not_done_again(
    tmp_path: Path, run_over: RunOver, poisoned: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "ROWS_PER_BATCH", 4)
    prepare, tried = preparing.prepare, tmp_path / "tried"

    def noting(document: Any, stamp: Any) -> Any:
        with tried.open("a") as file:
            file.write(document.source_uri.split("#")[-1] + "\n")
        return prepare(document, stamp)

    monkeypatch.setattr(preparing, "prepare", noting)
    texts = {f"n{i}": story(i) for i in range(5)} | {"killed": story(9, "POISON-prepare-killed"), "n6": story(6)}
    record = run_over(tmp_path / "out", write(tmp_path / "news.jsonl", texts))
    assert record.counts["new"] == 6
    assert Counter(tried.read_text().split()) == {
        "n0": 1, "n1": 1, "n2": 1, "n3": 1, "n4": 2, "killed": 2, "n6": 1
    }  # fmt: skip


def test_a_worker_that_waits_for_ever_is_found_by_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "WORK_SECONDS", 0.1)
    hands = Hands(str(tmp_path))

    def wait(_: object) -> None:
        Hand.of(hands).takes(3, 7)
        time.sleep(600)

    ended = run_apart(wait, supervise.Watch(hands, 0.5))
    assert (ended.done, ended.status, supervise.verdict(ended)[0]) == (False, None, "timeout")
    (note,) = hands.notes()
    assert (note.task, note.at, note.reading) == (3, 7, False)


def test_a_worker_that_is_gone_while_others_wait_for_it_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervise, "_GONE_SECONDS", 0.3)
    hands = Hands(str(tmp_path))

    def work_apart(_: object) -> None:
        worker = multiprocessing.get_context("fork").Process(target=lambda: Hand(hands).reads(1, 2))
        worker.start()
        worker.join()
        time.sleep(600)

    assert run_apart(work_apart, supervise.Watch(hands, 60)).status is None


def test_a_fork_does_not_collect_what_its_parent_left_behind() -> None:
    class Engine:
        """A cycle, as an error that was caught makes one with what it was raised over."""

        def __init__(self) -> None:
            self.engine = connect(Path("spill"))
            self.engine.execute("SELECT sum(i) FROM range(10_000_000) AS found(i)").fetchall()  # starts its threads
            self.cycle = self

    gc.disable()  # until the fork
    try:
        Engine()
        assert run_apart(lambda _: [gc.collect() for _ in range(3)]).done
    finally:
        gc.enable()
