"""docs/tour.ipynb, as an analyst runs it: in a kernel, with the real command, on the seeds."""

import base64
import json
import os
import shutil
import sys
from pathlib import Path

import duckdb
import nbformat
import pytest
from docs_code import DOCS, ROOT
from nbclient import NotebookClient

TOUR = DOCS / "tour.ipynb"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
SMALLEST_PLOT = 8_000
"""Bytes: axes in which nothing is drawn make a smaller picture."""

DRAWN = """
import json
print(json.dumps({
    "events": int(told.to_numpy().sum()), "articles": int(read.articles.sum()), "pairs": int(matrix.to_numpy().sum()),
    "sentences": sum(len(line.get_xdata()) for line in axes.lines) - 2, "types": len(kinds),
}))
"""
"""What the three plots are of; the line of the cut has two points."""

COUNTED = """
    SELECT (SELECT count(series_date) FROM 'tour-output/clusters/*.parquet' WHERE factuality = 'actual') AS events,
           (SELECT sum(relevant)::INT FROM 'tour-output/coverage/*.parquet') AS articles,
           (SELECT count(*) FROM (SELECT unnest(source_codes) AS s, target_codes
                                  FROM 'tour-output/clusters/*.parquet' WHERE factuality = 'actual'),
                                 unnest(target_codes) AS x(t) WHERE s <> '---' AND t <> '---') AS pairs,
           (SELECT count(*) FROM 'tour-output/events/**/*.parquet') AS sentences,
           (SELECT count(DISTINCT event_type) FROM 'tour-output/events/**/*.parquet') AS types
"""


def test_it_is_kept_without_output() -> None:
    """So that it does not show figures of an older coder, and a change of it can be read."""
    notebook = nbformat.read(TOUR, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)
        assert cell.metadata == {}
    assert notebook.metadata.kernelspec.name == "python3"


def test_it_runs_from_the_pipeline_to_three_plots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    program = tmp_path / "bin" / "migration-events"
    program.parent.mkdir()
    program.write_text(
        f'#!{sys.executable}\nimport sys\nsys.path[:0] = ["{ROOT}"]\nfrom pipeline.__main__ import main\nmain()\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    for name in ("IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name))
    docs = tmp_path / "docs"
    docs.mkdir()
    (tmp_path / "home").mkdir()
    notebook = nbformat.read(TOUR, as_version=nbformat.NO_CONVERT)
    notebook.cells.append(nbformat.v4.new_code_cell(DRAWN))
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(docs)}}).execute()

    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    said = "".join(output.text for output in outputs if output.output_type == "stream")
    record, *_, cited, drawn = said.splitlines()
    assert json.loads(record)["counts"]["new"] == 3
    assert json.loads(record)["snapshot_id"] in cited
    plots = [base64.b64decode(output.data["image/png"]) for output in outputs if "image/png" in output.get("data", {})]
    assert len(plots) == 3
    assert all(plot.startswith(SIGNATURE) and len(plot) > SMALLEST_PLOT for plot in plots)
    monkeypatch.chdir(docs)
    counted = duckdb.connect().execute(COUNTED)
    names = [column[0] for column in counted.description or ()]
    assert json.loads(drawn) == dict(zip(names, counted.fetchall()[0], strict=True))
