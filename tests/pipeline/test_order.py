"""After any runs over parts of an input, in any order, the datasets hold what one run over all of it would have.

What is meant is the fold, so events come of a cheap coder (`cheap_coder`); all else is the real run.
"""

import json
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.check import problems
from pipeline.snapshots import Output
from schemas.runs import RunRecord

RunOver = Callable[..., RunRecord]
Datasets = Callable[[Path], dict[str, list[dict[str, Any]]]]

pytestmark = pytest.mark.usefixtures("cheap_coder")

PLACES = ("Lampedusa", "Lesbos", "Ceuta")
DAYS = ("2019-01-30", "2019-01-31", "2019-02-01", "2019-03-15", None)
FILES = ("a.jsonl", "b.jsonl", "c.jsonl", "d.txt")


def story(place: str, length: int) -> str:
    sentences = [
        f"The coastguard rescued 40 migrants off {place} on Monday, officials said.",
        f"They were taken to a reception centre near {place}, where volunteers gave them blankets and food.",
        f"The mayor of {place} thanked the crew of the patrol boat for its help during the long night at sea.",
        f"Two of the asylum seekers were brought to the hospital of {place} by helicopter before the morning.",
        "The interior minister asked other states of the union to take in a part of those who were saved.",
    ]
    return " ".join(sentences[:length])


@dataclass(frozen=True)
class Document:
    """Few names, places, days and lengths: articles are met again, changed, copied, cut."""

    name: int
    url: int | None
    place: str
    length: int
    day: str | None

    def line(self) -> str:
        record = {"id": f"n{self.name}", "text": story(self.place, self.length), "published": self.day}
        if self.url is not None:
            record["url"] = f"https://news.example/stories/{self.url}"
        return json.dumps(record)


documents = st.builds(
    Document,
    name=st.integers(0, 3),
    url=st.none() | st.integers(0, 2),
    place=st.sampled_from(PLACES),
    length=st.integers(2, 5),
    day=st.sampled_from(DAYS),
)
contents = st.lists(documents, max_size=4).map(
    lambda found: "\n".join([d.line() for d in found] + ["{broken"][: len(found) % 2])
)
steps = st.lists(
    st.tuples(st.dictionaries(st.sampled_from(FILES), contents), st.sets(st.sampled_from(FILES))), max_size=3
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dictionaries(st.sampled_from(FILES), contents, min_size=2), steps=steps, seed=st.integers(0, 99))
def test_written_documents(
    first: dict[str, str],
    steps: list[tuple[dict[str, str], set[str]]],
    seed: int,
    run_over: RunOver,
    datasets: Datasets,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "in").mkdir()
        pending = set()
        for written, read in [(first, set()), *steps]:
            for name, content in written.items():
                (root / "in" / name).write_text(content)
                pending.add(root / "in" / name)
            now = {root / "in" / name for name in read if (root / "in" / name).exists()}
            if now:
                run_over(root / "out", *sorted(now))
                pending -= now
        last = sorted(pending)
        random.Random(seed).shuffle(last)
        for path in last:
            run_over(root / "out", path)
        run_over(root / "whole", root / "in")
        assert datasets(root / "out") == datasets(root / "whole")
        assert list(problems(Output(root / "out"))) == []


def test_real_documents(shared: Path, tmp_path: Path, run_over: RunOver, datasets: Datasets) -> None:
    lines = (shared / "duplicates" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    draw = random.Random(7)
    groups = draw.sample(range(0, len(lines) - 6, 6), 8)
    chosen = [line for at in groups for line in lines[at : at + 6]]
    parts = [draw.sample(chosen, 18) for _ in range(3)] + [[line for line in chosen if draw.random() < 0.5]]
    parts.append([line for line in chosen if not any(line in part for part in parts)])
    for number, part in enumerate(parts):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{number}.jsonl").write_text("\n".join(part), encoding="utf-8")
    run_over(tmp_path / "whole", tmp_path / "in")
    for number in draw.sample(range(5), 5):
        run_over(tmp_path / "out", tmp_path / "in" / f"{number}.jsonl")
    assert len(datasets(tmp_path / "whole")["articles"]) > 30
    assert datasets(tmp_path / "out") == datasets(tmp_path / "whole")


def test_the_row_of_a_source_that_is_gone_is_replaced_by_one_that_was_not_read_this_time(
    tmp_path: Path, run_over: RunOver, datasets: Datasets
) -> None:
    long, short, other = (Document(0, 1, "Ceuta", n, "2019-01-31").line() for n in (5, 3, 2))
    for name, content in (("a.jsonl", long), ("b.jsonl", short), ("c.jsonl", other)):
        (tmp_path / name).write_text(content)
        run_over(tmp_path / "out", tmp_path / name)
    (tmp_path / "b.jsonl").unlink()  # its row is kept, so that it can stand without it
    (tmp_path / "a.jsonl").write_text("")
    run_over(tmp_path / "out", tmp_path / "a.jsonl")
    (article,) = datasets(tmp_path / "out")["articles"]
    assert article["source_uri"] == f"{tmp_path}/b.jsonl#n0"
    assert article["text"] == story("Ceuta", 3)
    assert {row["article_id"] for row in datasets(tmp_path / "out")["events"]} == {article["article_id"]}
    assert list(problems(Output(tmp_path / "out"))) == []
