"""Every command in the docs.

A block fenced as `sh` is run, page by page, in a folder that holds the seeds and the datasets made of them. One fenced as
`text` cannot be run there (it needs a network, other files, or minutes), which its page says; its options are checked.
"""

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from click import Context
from docs_code import DOCS, ROOT, blocks, commands

from pipeline.__main__ import COMMANDS, main
from pipeline.__main__ import commands as group

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "benchmarks" / "README.md", *sorted(DOCS.glob("*.md"))]
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
PROGRAM = re.compile(r"(?:\.venv/bin/)?migration-events ")


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    here = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)


def call(line: str) -> int:
    """Run a line of `migration-events` in this process, which has loaded already what it needs; `>` and `<` as a shell."""
    words = shlex.split(PROGRAM.sub("migration-events ", line), comments=True)
    with pytest.MonkeyPatch.context() as patch, ExitStack() as files:
        for sign, stream, mode in ((">", "stdout", "w"), ("<", "stdin", "r")):
            if sign in words:
                at = words.index(sign)
                file = files.enter_context(Path(words[at + 1]).open(mode, encoding="utf-8"))
                patch.setattr(sys, stream, file)
                del words[at : at + 2]
        patch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as ended:
            main()
    return int(ended.value.code or 0)


def mark(sheet: Path) -> None:
    """What a reader of docs/audit.md does by hand: mark the events of a sample."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "event_right": "yes"} for row in rows)


@pytest.mark.parametrize("page", [page for page, text in TEXTS.items() if commands(text, "sh")])
def test_commands_of_a_page_run_in_the_order_of_the_page(page: str, clone: Path, tmp_path: Path) -> None:
    shutil.copytree(clone, tmp_path, dirs_exist_ok=True, symlinks=True)
    program = tmp_path / "bin" / "migration-events"
    program.parent.mkdir()
    program.write_text(
        f'#!{sys.executable}\nimport sys\nsys.path[:0] = ["{ROOT}"]\nfrom pipeline.__main__ import main\nmain()\n'
    )
    program.chmod(0o755)
    path = f"{program.parent}:{os.environ['PATH']}"
    with inside(tmp_path):
        for line in commands(TEXTS[page], "sh"):
            if PROGRAM.match(line):
                assert call(line) == 0, line
            else:
                subprocess.run(["bash", "-ec", line], check=True, env={**os.environ, "PATH": path})
            if " sample " in line:
                mark(tmp_path / line.split()[-1])


@pytest.mark.parametrize("page", TEXTS)
def test_commands_that_are_not_run_have_options_and_targets_that_there_are(page: str) -> None:
    for line in commands(TEXTS[page], "text"):
        if PROGRAM.match(line):
            name, *words = shlex.split(line, comments=True)[1:]
            command = group.get_command(Context(group), name)
            assert command is not None, line
            command.make_context(name, words)  # raises where an option is unknown or has a wrong value
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", TEXTS[page], flags=re.M)) <= targets


@pytest.mark.parametrize("page", TEXTS)
def test_no_command_stands_outside_of_a_fence(page: str) -> None:
    text = TEXTS[page]
    for language in ("sh", "text"):
        for block in blocks(text, language):
            text = text.replace(block, "")
    assert not re.findall(
        r"^    (?:\.venv/bin/migration-events|migration-events|make|python|pip|git) .*", text, flags=re.M
    )


@pytest.mark.parametrize("page", TEXTS)
def test_links_lead_somewhere(page: str) -> None:
    """Files that a page links to are there, and have the headings that it names."""
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", TEXTS[page]):
        file = (ROOT / page).parent / target if target else ROOT / page
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), flags=re.M)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_has_an_example_whose_options_there_are(name: str) -> None:
    command = group.get_command(Context(group), name)
    assert command is not None
    assert command.help is not None
    examples = re.findall(
        r"^ *(migration-events .+?)(?<!\\)$", command.help.partition("Example:")[2], flags=re.M | re.S
    )
    assert examples
    for example in examples:
        _, called, *words = shlex.split(re.sub(r" [<>] .*", "", example.replace("\\\n", " ")))
        assert called == name
        command.make_context(name, words)
