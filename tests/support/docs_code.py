"""The code in the docs, by section, so that tests can run it."""

import os
import re
import shlex
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def sections(page: str) -> dict[str, str]:
    """The text of each section of a page, by heading."""
    _, *parts = re.split(r"^## (.+)\n", (DOCS / page).read_text(encoding="utf-8"), flags=re.M)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.M | re.S)


def commands(text: str, fence: str) -> list[str]:
    """The commands of the blocks of a fence, in order, each whole: with the lines that it goes on over."""
    found: list[str] = []
    unfinished = ""
    for line in "".join(blocks(text, fence)).replace("\\\n", " ").splitlines():
        unfinished += line
        try:
            words = shlex.split(unfinished, comments=True)
        except ValueError:  # a quotation that goes on
            unfinished += "\n"
            continue
        if words:
            found.append(unfinished)
        unfinished = ""
    return found


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
