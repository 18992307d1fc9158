"""What others wrote is data: nothing of it is unpickled or evaluated."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from transforms import knowledge

ROOT = Path(__file__).parent.parent
UNPICKLERS = {"pickle", "dill", "cloudpickle", "marshal", "shelve", "joblib", "jsonpickle"}
CALLS = {"eval", "exec", "compile", "__import__", "literal_eval", "system", "popen", "unsafe_load", "full_load"}
"""As bare names, or of a module; `re.compile` is another."""
OPTIONS = {"allow_pickle", "shell"}
ALLOWED = {Path("pipeline/apart.py"): ["pickle"]}
"""Whether an error of our own can go from a process to its parent: nothing that was read."""


def unsafe(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from {alias.name.split(".")[0] for alias in node.names} & UNPICKLERS
        elif isinstance(node, ast.ImportFrom):
            yield from {(node.module or "").split(".")[0]} & UNPICKLERS
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield from {node.func.id} & CALLS
            elif isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in ("os", "yaml", "ast"):
                yield from {node.func.attr} & CALLS
            yield from {
                keyword.arg for keyword in node.keywords if keyword.arg and ast.unparse(keyword.value) == "True"
            } & OPTIONS


def test_nothing_is_unpickled_or_evaluated() -> None:
    sources = [path for package in ("pipeline", "transforms", "schemas") for path in (ROOT / package).rglob("*.py")]
    found = {path.relative_to(ROOT): list(unsafe(path.read_text(encoding="utf-8"))) for path in sources}
    assert len(found) > 150
    assert {path: names for path, names in found.items() if names} == ALLOWED


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from joblib import load",
        "eval(text)",
        "yaml.full_load(text)",
        "np.load(file, allow_pickle=True)",
    ],
)
def test_what_is_looked_for_is_seen(source: str) -> None:
    assert list(unsafe(source))


def test_knowledge_is_read_as_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.yaml").write_text("!!python/object/apply:os.mkdir [made]")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(knowledge, "files", lambda package: tmp_path)
    with pytest.raises(yaml.constructor.ConstructorError):
        knowledge.read_yaml("x", "bad.yaml")
    assert knowledge.read_yaml_as_text("x", "bad.yaml") == ["made"]
    assert not (tmp_path / "made").exists()
