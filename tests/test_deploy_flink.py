"""deploy/flink: one version of everything in all its files, and commands that the program takes."""

import re
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from pipeline import beam_options
from pipeline.commands.run import run

ROOT = Path(__file__).parent.parent
FLINK = ROOT / "deploy" / "flink"


def found(pattern: str, *files: Path) -> set[str]:
    """What a pattern finds in each of some files."""
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    assert all(re.search(pattern, text) for text in texts.values())
    return {match for text in texts.values() for match in re.findall(pattern, text)}


def submitted() -> dict[str, list[str]]:
    """The words after `migration-events` where runs are submitted."""
    compose = yaml.safe_load((FLINK / "compose.yaml").read_text(encoding="utf-8"))
    cluster = list(yaml.safe_load_all((FLINK / "kubernetes.yaml").read_text(encoding="utf-8")))
    (job,) = (part for part in cluster if part["kind"] == "CronJob")
    (container,) = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    return {"compose": compose["services"]["run"]["entrypoint"], "kubernetes": container["command"]}


def test_the_cluster_is_of_the_version_that_is_tested() -> None:
    (tested,) = found(r"apache-flink-libraries==([\d.]+)", ROOT / "requirements" / "flink.lock")
    files = FLINK / "compose.yaml", FLINK / "kubernetes.yaml"
    assert found(r"flink:([\d.]+)-scala", *files) == {tested}
    short = tested.rpartition(".")[0]
    assert found(r"beam-runners-flink-([\d.]+)<", FLINK / "pom.xml") == {short}
    assert found(r"flinkVersion: v(\S+)", FLINK / "kubernetes.yaml") == {short.replace(".", "_")}


def test_workers_have_the_beam_that_is_locked() -> None:
    (locked,) = found(r"(?m)^apache-beam==([\d.]+)", ROOT / "requirements" / "run.lock")
    assert found(r"beam_python\S+_sdk:([\d.]+)", FLINK / "worker.Dockerfile") == {locked}


def test_the_worker_image_holds_all_that_setup_needs() -> None:
    (packages,) = found(r"(?m)^PACKAGES = (.*)$", ROOT / "setup.py")
    copied = found(r"(?m)^COPY (\w+) ", FLINK / "worker.Dockerfile")
    assert copied == set(re.findall(r"\w+", packages))


@pytest.mark.parametrize(("place", "words"), submitted().items())
def test_the_command_is_one_that_run_and_beam_take(place: str, words: list[str]) -> None:
    assert words[:2] == ["migration-events", "run"]
    with click.Context(run) as context:
        run.parse_args(context, words[2:])
    given: dict[str, Any] = context.params
    assert given["seeds"]
    options = beam_options.parse(given["beam"]).get_all_options()
    assert options["runner"] == "FlinkRunner"
    assert options["environment_type"] == "EXTERNAL"
    assert options["parallelism"] == 2
