"""The code in the docs, by section, so that tests can run it."""

import os
import re
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"


def sections(page: str) -> dict[str, str]:
    """The text of each section of a page, by heading."""
    _, *parts = re.split(r"^## (.+)\n", (DOCS / page).read_text(encoding="utf-8"), flags=re.M)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.M | re.S)


def run_beside(output: Path, code: str, **names: Any) -> dict[str, Any]:
    """Run Python code where the datasets are at `output`; returns the names that it defines."""
    here = Path.cwd()
    os.chdir(output.parent)
    try:
        if not Path("output").exists():
            Path("output").symlink_to(output)
        exec(code, names)
    finally:
        os.chdir(here)
    return names
