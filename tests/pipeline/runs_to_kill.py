"""A process that runs the pipeline in forks of itself, so that a test can kill run after run without waiting for imports.

Each line of its input is a run as JSON: `seeds`, `output`, perhaps `feeds` and `keep_raw`, and `at`, the number of the
change to the file system before which the run kills itself, or `after`, the seconds after which it is killed. It answers
each with a line of JSON: `done`, and the `changes` that a run which came to its end made, by name.
"""

import json
import os
import signal
import sys
import threading
import time
import traceback
from datetime import UTC, datetime
from typing import Any

import apache_beam.runners.portability.fn_api_runner  # noqa: F401 before the first fork, not in each
import conftest

from pipeline import coding
from pipeline.fetch.manners import Manners
from pipeline.run import run
from pipeline.run_options import RunOptions
from schemas.documents import RawDocument
from schemas.runs import RunStamp
from transforms.prepare import prepare

HURRIED = Manners(allow_private=True, delay=0)
CHANGING = {"os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.mkdir"}


def in_fork(order: dict[str, Any], answer: int) -> None:
    changes: list[str] = []
    process = os.getpid()

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        here = os.getpid() == process and threading.current_thread() is threading.main_thread()
        if not here or "__pycache__" in str(arguments):
            return  # workers, which are killed at random moments, write in any order; modules may be compiled once
        writing = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wxa")
        if event in CHANGING or writing:
            if len(changes) == order.get("at"):
                os.kill(os.getpid(), signal.SIGKILL)
            changes.append(event)

    sys.addaudithook(note)
    if "after" in order:
        threading.Timer(order["after"], os.kill, (os.getpid(), signal.SIGKILL)).start()
    started = time.monotonic()
    options = {name: order[name] for name in ("feeds", "keep_raw") if name in order}
    run(RunOptions(seeds=tuple(order["seeds"]), output=order["output"], **options), HURRIED)
    os.write(answer, json.dumps({"changes": changes, "seconds": time.monotonic() - started}).encode())
    os._exit(0)


def main() -> None:
    coding.code_article = conftest.told
    text = b"Some words, so that models are read before the first fork."
    document = RawDocument(
        source_uri="", source_file="", source_kind="seed", media_type="text/plain", body=text, raw_hash=""
    )
    prepare(document, RunStamp(run_id="", at=datetime.now(UTC), pipeline_version=""))
    for line in sys.stdin:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                in_fork(json.loads(line), write)
            except BaseException:  # nobody above says it: the fork must not go on with what its parent has to do
                traceback.print_exc()
            finally:
                os._exit(1)
        os.close(write)
        with os.fdopen(read) as pipe:
            answer = pipe.read()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        print(
            json.dumps({"done": not killed and status == 0, "killed": killed, **json.loads(answer or "{}")}), flush=True
        )


if __name__ == "__main__":
    main()
