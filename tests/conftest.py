import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared material to measure against, where it is present."""
    folder = Path(os.environ.get("MIGRATION_EVENTS_SHARED", ROOT.parent / "shared"))
    if not (folder / "design.md").exists():
        pytest.skip(
            f"no shared material at {folder} (set MIGRATION_EVENTS_SHARED): not measured against real documents"
        )
    return folder


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run over a small world of news whose events are written by hand."""
    from world import publish  # loads Beam: only for tests that need it

    return publish(tmp_path_factory.mktemp("world"))
