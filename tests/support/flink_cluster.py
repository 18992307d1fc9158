"""A Flink cluster on loopback, of what `make flink-test` downloads: job manager, task managers, Python workers, job server.

Every part is a process of its own. Each task manager starts its Python worker itself: from a pool that two task managers share,
each would stop the other's worker of the same number.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ENTRY = {
    "job-manager": "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
    "task-manager": "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
}
OPENED = [
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in [
        "java.net",
        "java.io",
        "java.lang",
        "java.lang.invoke",
        "java.lang.reflect",
        "java.nio",
        "java.text",
        "java.time",
        "java.util",
        "java.util.concurrent",
        "java.util.concurrent.atomic",
        "java.util.concurrent.locks",
        "sun.nio.ch",
    ]
]
"""Packages of Java 17 that Flink reaches into, as its own start scripts open them."""
MEMORY = {
    "framework.heap.size": "128m",
    "framework.off-heap.size": "128m",
    "task.heap.size": "512m",
    "task.off-heap.size": "0m",
    "network.min": "64m",
    "network.max": "64m",
    "managed.size": "128m",
    "jvm-metaspace.size": "256m",
    "jvm-overhead.min": "128m",
    "jvm-overhead.max": "128m",
}
"""Of a task manager; what its start script would work out has to be said without it."""
HEAP = {"job-manager": "512m", "task-manager": "640m"}
TASK_MANAGERS = 2
START_WITHIN = 300
"""Seconds that a part may take to start, on a busy machine."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(holds: Callable[[], Any], what: str, within: float = START_WITHIN) -> Any:
    """What `holds` returns once it is something; looks five times a second."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.2)
    raise TimeoutError(f"not within {within} s: {what}")


class FlinkCluster:
    """The processes of a cluster; `options` are Beam's for a run on it."""

    def __init__(self, installed: Path, folder: Path) -> None:
        self._installed, self._folder = installed, folder
        self._rest, self._rpc, self._jobs = (free_port() for _ in range(3))
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        folder.mkdir(parents=True)
        self._configure()
        try:
            self._start_java("job-manager")
            for number in range(TASK_MANAGERS):
                self._start_java("task-manager", f"task-manager-{number}")
            self._start_job_server()
            eventually(self._is_up, f"a cluster whose logs are in {folder}")
        except BaseException:
            self.stop()
            raise

    def options(self) -> tuple[str, ...]:
        """Beam's options for a run on this cluster."""
        worker = self._folder / "worker"
        script = ROOT / "tests" / "support" / "flink_worker.py"
        worker.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{script}' \"$@\"\n", encoding="utf-8")
        worker.chmod(0o755)
        return (
            "--runner=FlinkRunner",
            f"--job_endpoint=127.0.0.1:{self._jobs}",
            f"--parallelism={TASK_MANAGERS}",
            "--environment_cache_millis=600000",
            "--environment_type=PROCESS",
            "--environment_config=" + json.dumps({"command": str(worker), "env": {"PYTHONPATH": str(ROOT)}}),
        )

    def stop(self) -> None:
        """End all processes and their children."""
        for process in self.processes.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _task_managers(self) -> int:
        """How many have told the job manager that they are there."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self._rest}/taskmanagers", timeout=20) as answer:
            return len(json.loads(answer.read())["taskmanagers"])

    def _is_up(self) -> bool:
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise RuntimeError(f"{name} ended: {self.log(name)[-2000:]}")
        try:
            complete = self._task_managers() == TASK_MANAGERS
        except OSError:
            return False
        return complete and "JobService started on" in self.log("job-server")

    def log(self, name: str) -> str:
        """What a process has written so far."""
        return (self._folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def _configure(self) -> None:
        scratch = self._folder / "scratch"
        scratch.mkdir()
        settings = {
            "jobmanager.rpc.address": "127.0.0.1",
            "jobmanager.rpc.port": self._rpc,
            "jobmanager.bind-host": "127.0.0.1",
            "rest.address": "127.0.0.1",
            "rest.bind-address": "127.0.0.1",
            "rest.port": self._rest,
            "taskmanager.host": "127.0.0.1",
            "taskmanager.bind-host": "127.0.0.1",
            "taskmanager.numberOfTaskSlots": 1,
            "taskmanager.cpu.cores": 1.0,
            **{f"taskmanager.memory.{part}": size for part, size in MEMORY.items()},
            "heartbeat.interval": 5000,
            "heartbeat.timeout": 120000,  # a busy machine is not a dead one; that a process is gone is seen at once
            "pekko.startup-timeout": "300 s",
            "pekko.ask.timeout": "120 s",
            "web.timeout": 300000,
            "restart-strategy.type": "fixed-delay",
            "restart-strategy.fixed-delay.attempts": 20,
            "restart-strategy.fixed-delay.delay": "2 s",
            "io.tmp.dirs": scratch,
        }
        lines = "".join(f"{name}: {value}\n" for name, value in settings.items())
        (self._folder / "config.yaml").write_text(lines, encoding="utf-8")

    def _start_java(self, part: str, name: str | None = None) -> None:
        java = ["java", f"-Xmx{HEAP[part]}", "-XX:TieredStopAtLevel=1", *OPENED, "-Dlog4j2.level=INFO"]
        words = ["-cp", f"{self._installed}/pyflink/lib/*", ENTRY[part], "--configDir", str(self._folder)]
        self._start(name or part, [*java, *words])

    def _start_job_server(self) -> None:
        jar = self._installed / "job-server" / "flink-job-server.jar"
        ports = ["--job-port", str(self._jobs), "--artifact-port", "0", "--expansion-port", "-1"]
        words = ["--flink-master", f"127.0.0.1:{self._rest}", "--artifacts-dir", str(self._folder / "artifacts")]
        self._start("job-server", ["java", "-Xmx512m", *OPENED, "-jar", str(jar), *ports, *words])

    def _start(self, name: str, words: list[str]) -> None:
        with (self._folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
