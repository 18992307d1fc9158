"""What can be done with an output folder: read sources into it, code it again, take articles down."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pipeline import beam_options
from pipeline.errors import UsageError
from pipeline.fold import known_files
from pipeline.snapshots import Output, Snapshot, existing_output, open_output
from pipeline.sources.changes import Bounds, Comparison, compare
from pipeline.sources.files import find_files
from pipeline.sources.manifest import read_manifests
from pipeline.steps import holding
from pipeline.tables import values
from schemas.runs import RunRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What a run is asked to do."""

    seeds: tuple[str, ...]
    """Paths, folders or globs, on any of Beam's file systems."""
    output: str
    manifest: str | None = None
    since: date | None = None
    """First day of publication that is taken; documents whose day is unknown are then left out."""
    until: date | None = None
    """Last day, likewise."""
    max_rejected: float = 1.0
    """Share of the documents read, 0 to 1, that may be rejected; a run that loses more is not published."""
    beam: tuple[str, ...] = ()
    """Beam's own options."""


def run(options: RunOptions) -> RunRecord:
    """Read the sources that are new or changed and publish what is new in them.

    Raises:
        UsageError: an option cannot be met; nothing was read.
        HeldError: another run holds the output.
        NotPublishedError: the run did not add up, or lost too much; the dataset is as it was.

    """
    parsed = beam_options.parse(options.beam)
    find = _finder(options)
    output = open_output(options.output)
    with holding(output, parsed, asdict(options)) as running:
        return running.read(find(output.current()), options.max_rejected)


def plan(options: RunOptions) -> Comparison:
    """What `run` would read; nothing is read, held or written.

    Raises:
        UsageError: an option cannot be met.

    """
    beam_options.parse(options.beam)
    return _finder(options)(Output(Path(options.output)).current())


def _finder(options: RunOptions) -> Callable[[Snapshot], Comparison]:
    """Look the sources up; returns what compares them with what a snapshot knows of them."""
    if options.since and options.until and options.since > options.until:
        raise UsageError(f"--since is later than --until: nothing is published from {options.since} to {options.until}")
    files = find_files(options.seeds)
    manifest = read_manifests([f.path for f in files], options.manifest)
    bounds, paths = Bounds(options.since, options.until), [f.path for f in files]
    return lambda snapshot: compare(files, manifest, bounds, known_files(snapshot, paths))


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
    with holding(existing_output(path), parsed, {"recode": path, "beam": list(beam)}) as running:
        return running.code_again()


def forget(path: str, article_ids: Sequence[str], beam: Sequence[str] = ()) -> RunRecord:
    """Take articles down: rows, events and texts, in older snapshots too; they are not taken in again.

    Copies of them, which are articles of their own, stay: one is elected in the place of each.

    Args:
        path: the output folder.
        article_ids: as in the articles dataset; what was taken down before may be named again.
        beam: Beam's own options.

    Raises:
        UsageError: there is no dataset, or no such article in it.
        HeldError: another run holds the output.

    """
    parsed = beam_options.parse(beam)
    output = existing_output(path)
    with holding(output, parsed, {"forget": list(article_ids), "beam": list(beam)}) as running:
        _see_that_known(output.current(), article_ids)
        return running.forget(article_ids)


def _see_that_known(snapshot: Snapshot, article_ids: Sequence[str]) -> None:
    known = {
        article_id
        for table in ("articles", "state/forgotten")
        for article_id in values(snapshot.files(table), "article_id")
    }
    unknown = [article_id for article_id in article_ids if article_id not in known]
    if unknown:
        raise UsageError(f"no article {unknown[0]!r} in the dataset; name an article_id of the articles dataset")
