"""What Beam's `--setup_file ./setup.py` ships to workers: the packages with their data files, and not the tests."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("pipeline", "transforms", "schemas")


def files_of_packages() -> set[str]:
    found = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [
        sys.executable,
        "setup.py",
        "-q",
        "egg_info",
        "--egg-base",
        str(folder),
        "sdist",
        "--dist-dir",
        str(folder),
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # what Beam's stager runs
    (archive,) = folder.glob("*.tar.gz")
    return archive


def test_the_sdist_holds_the_packages_with_their_data_and_no_tests(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert files_of_packages() <= names
    assert not [name for name in names if name.startswith(("tests", "training", "docs", "benchmarks", "seeds"))]


def test_the_wheel_made_of_it_holds_the_same(sdist: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        str(sdist),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (entry_points,) = (archive.read(n).decode() for n in names if n.endswith("entry_points.txt"))
    assert files_of_packages() <= names
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == set(PACKAGES)
    assert "migration-events = pipeline.__main__:main" in entry_points
