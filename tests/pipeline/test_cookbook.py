"""Every query of docs/cookbook.md, asked of the small world."""

from pathlib import Path

import pytest
from cookbook import ANSWERS, plain
from docs_code import blocks, run_beside, sections

from pipeline.query import ask, engine_over
from pipeline.snapshots import Output

QUESTIONS = {heading.partition(".")[0]: text for heading, text in sections("cookbook.md").items()}


def test_there_are_ten_questions_and_the_first_three_are_in_four_languages() -> None:
    assert list(QUESTIONS) == list(ANSWERS) == [str(n) for n in range(1, 11)]
    for number, text in QUESTIONS.items():
        assert len(blocks(text, "sql")) == 1
        named = [code.splitlines()[0] for code in blocks(text, "python")]
        assert named == (["# pandas", "# Polars", "# Spark"] if int(number) <= 3 else [])


@pytest.mark.parametrize("number", QUESTIONS)
def test_sql(number: str, world: Path) -> None:
    (query,) = blocks(QUESTIONS[number], "sql")
    with engine_over(Output(world).current()) as engine:
        found = [tuple(map(plain, row)) for row in ask(engine, query).rows]
    assert found == [tuple(map(plain, row)) for row in ANSWERS[number]]


@pytest.mark.parametrize("number", ["1", "2", "3"])
@pytest.mark.parametrize("library", ["pandas", "Polars"])
def test_python(library: str, number: str, world: Path) -> None:
    (code,) = (code for code in blocks(QUESTIONS[number], "python") if code.startswith(f"# {library}"))
    answer = run_beside(world, code)["answer"]
    rows = answer.rows() if library == "Polars" else answer.itertuples(index=False, name=None)
    assert [tuple(map(plain, row)) for row in rows] == [tuple(map(plain, row)) for row in ANSWERS[number]]
