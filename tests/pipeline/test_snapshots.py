import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import HeldError, UsageError
from pipeline.snapshots import Output, existing_output, held, open_output


def built(output: Output, content: str) -> Path:
    folder = output.staging("run") / "snapshot"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "part-0.parquet").write_text(content)
    return folder


def test_before_the_first_run_the_current_snapshot_is_empty(tmp_path: Path) -> None:
    current = open_output(str(tmp_path / "new" / "output")).current()
    assert (current.number, current.files("articles")) == (0, [])


def test_publishing_makes_a_snapshot_current_for_readers_of_the_public_path(tmp_path: Path) -> None:
    output = open_output(str(tmp_path))
    for number, content in enumerate(["one", "two"], start=1):
        output.publish(built(output, content), number)
        assert (tmp_path / "articles" / "part-0.parquet").read_text() == content
        assert output.current().number == number


def test_the_last_two_snapshots_stay_for_readers_at_work(tmp_path: Path) -> None:
    output = open_output(str(tmp_path))
    output.publish(built(output, "1"), 1)
    resolved = (tmp_path / "_current").resolve()
    output.publish(built(output, "2"), 2)
    assert (resolved / "articles" / "part-0.parquet").read_text() == "1"
    output.publish(built(output, "3"), 3)
    assert sorted(p.name for p in (tmp_path / "_snapshots").iterdir()) == ["2", "3"]


def test_a_folder_left_by_a_run_that_died_between_the_two_renames_is_no_hindrance(tmp_path: Path) -> None:
    output = open_output(str(tmp_path))
    output.publish(built(output, "1"), 1)
    (tmp_path / "_snapshots" / "2" / "left").mkdir(parents=True)
    (tmp_path / "_current.new").symlink_to("_snapshots/2")
    assert output.current().number == 1
    output.recover()
    output.publish(built(output, "2"), 2)
    assert (tmp_path / "articles" / "part-0.parquet").read_text() == "2"
    assert not (tmp_path / "_snapshots" / "2" / "left").exists()


def test_what_follows_the_flip_is_done_again_after_a_kill(tmp_path: Path) -> None:
    output = open_output(str(tmp_path))
    (built(output, "1") / "run.json").write_text('{"run_id": "r1"}')
    output.publish(output.staging("run") / "snapshot", 1)
    assert (tmp_path / "_runs" / "r1.json").read_text() == '{"run_id": "r1"}'
    (tmp_path / "_runs" / "r1.json").unlink()
    (tmp_path / "events").unlink()
    (tmp_path / "_runs" / "r2.json.new").write_text("{")
    output.recover()
    assert (tmp_path / "_runs" / "r1.json").read_text() == '{"run_id": "r1"}'
    assert (tmp_path / "events").readlink() == Path("_current/events")
    assert [file.name for file in (tmp_path / "_runs").iterdir()] == ["r1.json"]


def test_an_output_can_be_moved(tmp_path: Path) -> None:
    output = open_output(str(tmp_path / "here"))
    output.publish(built(output, "1"), 1)
    (tmp_path / "here").rename(tmp_path / "there")
    assert (tmp_path / "there" / "articles" / "part-0.parquet").read_text() == "1"


def test_outputs_that_cannot_be_used_are_usage_errors(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "taken" / "events").mkdir(parents=True)
    for path, message in (
        (str(tmp_path / "file"), "cannot write to"),
        (str(tmp_path / "file" / "deeper"), "cannot write to"),
        (str(tmp_path / "taken"), "'events' that is not ours"),
        ("s3://bucket/output", "must be a folder of this machine"),
    ):
        with pytest.raises(UsageError, match=message):
            open_output(path)
    with pytest.raises(UsageError, match="no dataset"):
        existing_output(str(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere: the read-only folder is not tested")
def test_a_read_only_folder_is_a_usage_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="cannot write to"):
        open_output(str(tmp_path))


HOLD_UNTIL_KILLED = """
import sys
from pathlib import Path
from pipeline.snapshots import Output, held
with held(Output(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_an_output_is_held_by_one_run_and_let_go_when_its_process_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD_UNTIL_KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(HeldError, match="another run holds"), held(Output(tmp_path)):
            pass
        holder.kill()
    with held(Output(tmp_path)):
        pass
