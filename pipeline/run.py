"""One run, from the sources to the next snapshot."""

import json
import secrets
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import apache_beam as beam
import duckdb
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline import beam_options, counters, fold, graph, publish
from pipeline.errors import NotPublishedError
from pipeline.snapshots import Output, existing_output, held, open_output
from pipeline.sources.files import Piece, cut_into_pieces, find_files
from pipeline.sources.manifest import read_manifests
from pipeline.staging import read_list
from pipeline.tables import connect
from pipeline.versions import library_versions, pipeline_version
from schemas.runs import RunRecord, RunStamp
from transforms.events.version import CODER_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What a run is asked to do."""

    seeds: tuple[str, ...]
    """Paths, folders or globs, on any of Beam's file systems."""
    output: str
    manifest: str | None = None
    beam: tuple[str, ...] = ()
    """Beam's own options."""


def run(options: RunOptions) -> RunRecord:
    """Read all sources and publish what is new.

    Raises:
        UsageError: an option cannot be met; nothing was read.
        HeldError: another run holds the output.
        NotPublishedError: the run did not add up; the dataset is as it was.
    """
    parsed = beam_options.parse(options.beam)
    files = find_files(options.seeds)
    manifest = read_manifests([f.path for f in files], options.manifest)
    pieces = list(cut_into_pieces(files, manifest))
    with _holding(open_output(options.output), parsed, asdict(options)) as running:
        return running.read(pieces)


def recode(path: str, beam: Sequence[str] = ()) -> RunRecord:
    """Code the articles of a dataset again with the present coder; what was read and decided stays.

    Args:
        path: the output folder.
        beam: Beam's own options.

    Raises:
        UsageError: there is no dataset, or an option of Beam's is wrong.
        HeldError: another run holds the output.
    """
    parsed = beam_options.parse(beam)
    with _holding(existing_output(path), parsed, {"recode": path, "beam": list(beam)}) as running:
        return running.code_again()


@contextmanager
def _holding(output: Output, parsed: PipelineOptions, options: dict[str, object]) -> Iterator["_Run"]:
    """A run that holds its output and has a folder to stage in, which is gone afterwards."""
    now = datetime.now(UTC)
    run_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    stamp = RunStamp(run_id=run_id, at=now, pipeline_version=pipeline_version())
    with held(output):
        shutil.rmtree(output.root / "_staging", ignore_errors=True)  # what a run left that died
        staging = output.staging(run_id)
        staging.mkdir(parents=True)
        try:
            yield _Run(options, parsed, output, stamp, staging)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


class _Run:
    """The steps of a run that holds its output, and what they count and take."""

    def __init__(
        self, options: dict[str, object], parsed: PipelineOptions, output: Output, stamp: RunStamp, staging: Path
    ) -> None:
        self._options, self._parsed, self._output, self._stamp, self._staging = options, parsed, output, stamp, staging
        self._counts: Counter[str] = Counter()
        self._seconds: dict[str, float] = {}

    def read(self, pieces: Sequence[Piece]) -> RunRecord:
        """Collect articles from pieces of files, code those that are new, publish."""
        with self._step("collect"):
            staged = self._graph("collect", lambda p, folder: graph.collect(p, pieces, self._stamp, folder))
        return self._fold(staged, sorted({piece.path for piece in pieces}), again=False)

    def code_again(self) -> RunRecord:
        """Code all elected articles that there are, publish."""
        return self._fold({}, [], again=True)

    def _fold(self, staged: dict[str, list[str]], files_read: Sequence[str], *, again: bool) -> RunRecord:
        current = self._output.current()
        engine = connect(self._staging / "spill")
        with self._step("fold"):
            fold.open_views(engine, staged, current)
            fold.decide_sightings(engine, files_read)
            fold.decide_standing(engine)
            fold.decide_copies(engine)
            uncoded = list(fold.to_code(engine, everything=again))
        coded: dict[str, list[str]] = {}
        if uncoded:
            with self._step("code"):
                coded = self._graph("code", lambda p, folder: graph.code(p, uncoded, self._stamp, folder, again=again))
        with self._step("cluster"):
            fold.decide_events(engine, coded)
            events = fold.decide_clusters(engine)
        counts = self._account(engine)
        snapshot = None
        with self._step("publish"):
            if publish.has_changed(engine):
                built = self._staging / "snapshot"
                publish.build(engine, built, current, events)
                snapshot = current.number + 1
        record = self._record(counts, snapshot)
        if snapshot is not None:
            (built / "run.json").write_text(_as_json(record), encoding="utf-8")
            self._output.publish(built, snapshot)
        self._output.runs.mkdir(exist_ok=True)
        (self._output.runs / f"{record.run_id}.json").write_text(_as_json(record), encoding="utf-8")
        return record

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        self._seconds[name] = round(time.monotonic() - start, 3)

    def _graph(self, name: str, build: Callable[[beam.Pipeline, str], None]) -> dict[str, list[str]]:
        """Run one graph to its end; returns the files that it staged, by table."""
        folder = self._staging / name
        folder.mkdir()
        pipeline = beam.Pipeline(options=self._parsed)
        build(pipeline, str(folder))
        result = pipeline.run()
        result.wait_until_finish()
        self._counts.update(counters.read_counts(result))
        return read_list(str(folder))

    def _account(self, engine: duckdb.DuckDBPyConnection) -> dict[str, int]:
        """What became of the documents; every one that was read is an article, seen again or rejected.

        Raises:
            NotPublishedError: some are unaccounted for.

        """
        staged, new, copies = fold.count_articles(engine)
        read, rejected = self._counts["documents"], self._counts["rejected"]
        counts = {"read": read, "new": new, "seen_again": staged - new, "rejected": rejected, "copies": copies}
        if read != staged + rejected:
            raise NotPublishedError(
                f"{read} documents were read, but {staged} became articles and {rejected} were rejected: "
                f"{read - staged - rejected} are unaccounted for; nothing was published"
            )
        return counts

    def _record(self, counts: dict[str, int], snapshot: int | None) -> RunRecord:
        def named(prefix: str) -> dict[str, int]:
            return {k.removeprefix(prefix): n for k, n in sorted(self._counts.items()) if k.startswith(prefix)}

        return RunRecord(
            run_id=self._stamp.run_id,
            started_at=self._stamp.at.isoformat(),
            ended_at=datetime.now(UTC).isoformat(),
            pipeline_version=self._stamp.pipeline_version,
            coder_version=CODER_VERSION,
            versions=library_versions(),
            options=self._options,
            snapshot=snapshot,
            counts=counts,
            rejected=named("rejected/"),
            repairs=named("repairs/"),
            events=named("events/"),
            seconds=self._seconds,
        )


def _as_json(record: RunRecord) -> str:
    return json.dumps(asdict(record), indent=2, ensure_ascii=False) + "\n"
