"""Imports point one way: pipeline -> transforms -> schemas; nothing in transforms opens a socket, a clock or a file."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "schemas": {"schemas"},
    "transforms": {"transforms", "schemas"},
    "pipeline": {"pipeline", "transforms", "schemas"},
}
OURS = set(ALLOWED)
FORBIDDEN = {
    "schemas": {"apache_beam", "socket", "urllib", "http", "requests", "time"},
    "transforms": {"socket", "urllib.request", "http.client", "requests", "time", "random", "tempfile", "shutil"},
    "pipeline": set(),
}
CALLS_OF_THE_WORLD = {"open", "now", "today", "utcnow", "input", "exec", "eval"}
LIGHT = ("show", "sql", "report", "export", "sample", "audit", "check", "sources", "watch", "schema")
"""Commands that run no graph and code nothing."""
HEAVY = ("apache_beam", "spacy", "onnxruntime", "trafilatura")
BAD_NAMES = {"util", "utils", "helper", "helpers", "common", "misc"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("package", ALLOWED)
def test_imports_point_one_way(package: str) -> None:
    wrong = []
    for path in modules(package):
        for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
            top = name.split(".")[0]
            if top in OURS - ALLOWED[package] or {name, top} & FORBIDDEN[package]:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert not wrong


def test_transforms_and_schemas_touch_no_file_and_no_clock() -> None:
    wrong = []
    for path in modules("transforms") + modules("schemas"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if called in CALLS_OF_THE_WORLD:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} calls {called}")
    assert not wrong


def test_commands_that_run_nothing_do_not_wait_for_what_runs() -> None:
    lines = [f"import pipeline.commands.{name}" for name in LIGHT]
    asked = "\n".join(["import sys", *lines, f"print(*sorted(set({HEAVY}) & sys.modules.keys()))"])
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_names_say_what_is_inside() -> None:
    assert not [p for package in ALLOWED for p in modules(package) if p.stem in BAD_NAMES or p.parent.name in BAD_NAMES]
