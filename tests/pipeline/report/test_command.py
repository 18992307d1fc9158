"""`migration-events report`: the file that it writes, and how it ends."""

import base64
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.report.page import page
from pipeline.report.payload import payload
from pipeline.report.tables import read
from pipeline.snapshots import existing_output


def test_writes_the_same_page_each_time_and_nothing_else(world: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "report", str(world), "--to", "report.html"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"Wrote report\.html \(\d+\.\d MB\); open it in a browser\.\n", done.stdout)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == page(payload(read(existing_output(str(world)))))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere", "--to", "report.html"], "no dataset at 'nowhere'"),
        (["WORLD"], "Missing option '--to'"),
        (
            ["WORLD", "--to", "no/such/folder/report.html"],
            "cannot write 'no/such/folder/report.html': No such file or directory; name a file in a folder",
        ),
        (["WORLD", "--to", "."], "cannot write '.'"),
        (["WORLD", "--to", ""], "cannot write ''"),
    ],
)
def test_a_wrong_use_ends_with_one_line_and_status_2(
    words: list[str],
    message: str,
    world: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        sys, "argv", ["migration-events", "report", *[str(world) if word == "WORLD" else word for word in words]]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert message in said
    assert said.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_the_policy_names_the_very_scripts_and_lets_nothing_in(world: Path) -> None:
    written = page(payload(read(existing_output(str(world)))))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', written)
    directives = dict(directive.split(" ", 1) for directive in policy.split("; "))
    assert directives["default-src"] == "'none'"
    scripts, styles = (
        re.findall(r"<script>(.*?)</script>", written, re.DOTALL),
        re.findall(r"<style>(.*?)</style>", written, re.DOTALL),
    )
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts + styles
    ]
    assert f"{directives['script-src']} {directives['style-src']}".split() == hashes
    assert len(scripts) == 2
    assert "unsafe" not in policy
    assert not re.findall(
        r"""(?:src|href)=["']?(?:https?:)?//""", re.sub(r"<script.*?</script>", "", written, flags=re.DOTALL)
    )
