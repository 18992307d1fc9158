"""The DAG of deploy/airflow in a real Airflow, in an environment of its own: `make airflow-test`. Elsewhere skipped."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

ROOT = Path(__file__).parents[2]
AIRFLOW_FILES = ROOT / "deploy" / "airflow"
AIRFLOW = os.environ.get("AIRFLOW_PYTHON")
if AIRFLOW is None:
    pytest.skip("no Airflow here: make airflow-test", allow_module_level=True)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the task writes."""
    return tmp_path_factory.mktemp("airflow") / "out"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, output: Path) -> dict[str, Any]:
    """What `in_airflow.py` answers of the DAG, and of two runs of its task: over seeds, as feeds need a network."""
    run = {"py_interpreter": sys.executable, "py_file": str(AIRFLOW_FILES / "run.py")}
    tasks = [
        run | {"pipeline_options": {"seeds": [str(seeds)], "output": str(output)}}
        for seeds in (ROOT / "seeds", "nowhere")
    ]
    env = os.environ | {
        "AIRFLOW_HOME": str(tmp_path_factory.mktemp("home")),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "600",
    }
    done = subprocess.run(
        [str(AIRFLOW), str(Path(__file__).with_name("in_airflow.py")), str(AIRFLOW_FILES), *map(json.dumps, tasks)],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_airflow_imports_it(found: dict[str, Any]) -> None:
    assert found["errors"] == {}
    (dag,) = found["dags"].values()
    assert dag["schedule"] == "*/15 * * * *"
    assert (dag["max_active_runs"], dag["catchup"]) == (1, False)
    kind, options = dag["tasks"]["run"]
    assert kind == "BeamRunPythonPipelineOperator"
    assert set(options) == {"feeds", "contact", "output"}


def test_its_task_runs_and_fails_where_the_run_fails(found: dict[str, Any], output: Path) -> None:
    first, second = found["ended"]
    assert first == "done"
    assert ds.dataset(output / "articles", partitioning="hive").count_rows() == 3
    assert "return code 2" in second
