"""The steps of a run that holds its output, from reading to publishing, and what each counts and takes."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline import fold, fold_events, fold_feeds, identity, publish
from pipeline.coding import Coding, Recoding
from pipeline.corrections import decide_corrections, read_corrections
from pipeline.errors import NotPublishedError
from pipeline.fetch.manners import Manners
from pipeline.following.follower import Followed, follow
from pipeline.following.known import read_known
from pipeline.following.wanted import bounds_named
from pipeline.preparing import Collecting
from pipeline.progress import Far, Showing
from pipeline.snapshots import RECORD, Output, Snapshot
from pipeline.sources.changes import Bounds, Comparison, fetched_pieces, kept
from pipeline.sources.files import Piece
from pipeline.sources.kept import open_archive
from pipeline.sources.manifest import Manifest
from pipeline.sources.read import Digesting
from pipeline.supervise import carry_out
from pipeline.tables import connect
from pipeline.tallies import read_tallies
from pipeline.versions import clustering_version, library_versions
from pipeline.work import Work
from schemas.columns import to_table
from schemas.croissant import Published
from schemas.documents import Rejected
from schemas.feeds import Feed
from schemas.runs import RunRecord, RunStamp
from schemas.state import SeenPart
from transforms.events.version import CODER_VERSION

NO_FILES = Comparison((), Bounds(), Manifest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Feeds that a run follows, and how."""

    feeds: tuple[Feed, ...]
    manners: Manners
    keep_raw: bool = False
    """Whether what is fetched is kept beside the datasets."""


_EXAMPLES = 3
"""Rejected documents that a refusal names."""


class Run:
    """The steps of a run, and what they count and take."""

    def __init__(
        self,
        options: dict[str, object],
        parsed: PipelineOptions,
        output: Output,
        stamp: RunStamp,
        staging: Path,
        show: Showing,
    ) -> None:
        self._options, self._parsed, self._output, self._stamp, self._staging = options, parsed, output, stamp, staging
        self._show = show
        self._corrections = read_corrections(output.root)
        self._counts: Counter[str] = Counter()
        self._seconds: dict[str, float] = {}
        self._pairs: dict[str, int] = {}
        self._followed = Followed()
        self._archive: Path | None = None
        """Of what was fetched, if it is to be kept."""

    def read(self, comparison: Comparison, max_rejected: float = 1.0, following: Following | None = None) -> RunRecord:
        """Follow feeds, collect articles from what is new or changed, code those that are new, publish.

        Raises:
            NotPublishedError: documents are unaccounted for, or a larger share than `max_rejected` was rejected.

        """
        if comparison.having("touched"):
            pieces = comparison.pieces("touched")
            with self._step("digest"), self._show("comparing files"):
                staged = self._carry_out("digest", Digesting(), pieces)
            comparison = comparison.settled(_parts(staged))
        staged = {}
        fetched: list[Piece] = []
        if following is not None:
            with self._step("fetch"):
                comparison, fetched = self._follow(following, comparison)
        pieces = [*comparison.pieces("new", "changed"), *fetched]
        if pieces:
            with self._step("collect"), self._show("documents read", self._pieces_done(len(pieces))):
                staged = self._carry_out("collect", Collecting(self._stamp, comparison.bounds), pieces)
        return self._fold(comparison, staged, max_rejected=max_rejected)

    def _follow(self, following: Following, comparison: Comparison) -> tuple[Comparison, list[Piece]]:
        """Follow feeds into an archive: a file of the comparison if it is kept, else pieces beside it."""
        archive = self._staging / f"{self._stamp.run_id}.warc.gz"
        known = read_known(self._output.current(), [feed.url for feed in following.feeds])
        with open_archive(archive, following.manners.user_agent) as opened:
            self._followed = follow(
                following.feeds, known, comparison.bounds, following.manners, opened, self._stamp.at, self._show
            )
        for rejected in self._followed.rejected:
            self._counts.update(["documents", "rejected", f"rejected/{rejected.reason}"])
        if not self._followed.fetched:
            return comparison, []
        if not following.keep_raw:
            return comparison, list(fetched_pieces(str(archive), None))
        self._archive = archive
        return comparison.with_kept([kept(archive)]), []

    def code_again(self) -> RunRecord:
        """Code all elected articles that there are, publish."""
        return self._fold(NO_FILES, {}, again=True)

    def publish_again(self) -> RunRecord:
        """Read and code nothing, publish: what changed in the corrections alone."""
        return self._fold(NO_FILES, {})

    def forget(self, article_ids: Sequence[str]) -> RunRecord:
        """Take articles down, code those that are elected in their place, publish."""
        return self._fold(NO_FILES, {}, forget=article_ids)

    def _fold(
        self,
        comparison: Comparison,
        staged: dict[str, list[str]],
        *,
        again: bool = False,
        forget: Sequence[str] = (),
        max_rejected: float = 1.0,
    ) -> RunRecord:
        current = self._output.current()
        engine = connect(self._staging / "spill")
        with self._step("fold"), self._show("comparing articles"):
            fold.open_views(engine, self._with_rejected(staged), current)
            fold.decide_files(engine, comparison, self._followed.fetched, _parts(staged), self._stamp.at)
            kept_now, bounds = self._archive is not None, bounds_named(comparison.bounds)
            fold_feeds.decide_feeds(engine, self._followed, bounds, self._stamp.at, kept=kept_now)
            fold.decide_forgotten(engine, forget, self._stamp.at)
            fold.decide_sightings(engine)
            fold.decide_standing(engine)
            self._pairs = fold.decide_copies(engine)
            counts = self._account(engine, comparison)
            _refuse_losses(engine, counts, max_rejected)
            uncoded = list(fold.to_code(engine, everything=again))
        coded: dict[str, list[str]] = {}
        if uncoded:
            articles = sum(len(each.rows) for each in uncoded)
            with self._step("code"), self._show("articles coded", self._articles_done(articles)):
                coded = self._carry_out("code", Recoding(self._stamp) if again else Coding(self._stamp), uncoded)
        with self._step("cluster"), self._show("grouping events"):
            fold_events.decide_events(engine, coded)
            decide_corrections(engine, self._corrections, self._stamp)
            events = fold_events.decide_clusters(engine, anew=_clustered_by(current) != clustering_version())
        published = None
        with self._step("publish"), self._show("publishing"):
            followed_first = bool(self._followed.feeds) and not current.number
            outdated = publish.is_outdated(current) or any(identity.undescribed(current))
            if publish.has_changed(engine) or outdated or followed_first:
                built = Snapshot(current.number + 1, self._staging / "snapshot")
                publish.build(engine, built.folder, current, events, self._archive)
                published = identity.identify(built, current, self._stamp)
            elif self._followed.feeds:
                publish.amend(engine, self._staging / "amended", self._output)
        record = self._record(counts, comparison, published)
        if published is None:
            self._output.record(record.run_id, as_json(record))
        else:
            (built.folder / RECORD).write_text(as_json(record), encoding="utf-8")
            self._output.publish(built.folder, built.number)
        return record

    def _with_rejected(self, staged: dict[str, list[str]]) -> dict[str, list[str]]:
        """The staged files, and one with what could not be fetched."""
        if not self._followed.rejected:
            return staged
        file = self._staging / "not-fetched"
        stamped = [replace(r, run_id=self._stamp.run_id, at=self._stamp.at) for r in self._followed.rejected]
        pq.write_table(to_table(Rejected, stamped), file)
        return staged | {"rejected": [*staged.get("rejected", []), str(file)]}

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        start = time.monotonic()
        yield
        self._seconds[name] = round(time.monotonic() - start, 3)

    def _pieces_done(self, pieces: int) -> Callable[[], Far]:
        def look() -> Far:
            counts = read_tallies(self._staging / "collect")
            return Far(counts["documents"], counts["pieces"] / pieces)

        return look

    def _articles_done(self, articles: int) -> Callable[[], Far]:
        def look() -> Far:
            counts = read_tallies(self._staging / "code")
            done = counts["coded"] + counts["code_failed"]
            return Far(done, done / articles)

        return look

    def _carry_out(self, name: str, work: Work, of: Sequence[Any]) -> dict[str, list[str]]:
        """Do work to its end; returns the files that were staged, by table."""
        folder = self._staging / name
        folder.mkdir()
        staged = carry_out(work, of, folder, self._parsed)
        self._counts.update(staged.counts)
        return staged.files

    def _account(self, engine: duckdb.DuckDBPyConnection, comparison: Comparison) -> dict[str, int]:
        """What became of the documents; every one that was read is an article, seen again, rejected or not taken.

        Raises:
            NotPublishedError: some are unaccounted for.

        """
        found = fold.count_articles(engine)
        names = ("documents", "rejected", "left_out", "irrelevant")
        read, rejected, left_out, irrelevant = (self._counts[name] for name in names)
        missing = read - found["staged"] - rejected - left_out - irrelevant
        if missing:
            raise NotPublishedError(
                f"{read} documents were read, but {found['staged']} became articles, {rejected} were rejected, "
                f"{left_out} left out and {irrelevant} dropped: {missing} are unaccounted for; nothing was published"
            )
        return {
            "read": read,
            "new": found["new"],
            "seen_again": found["staged"] - found["forgotten"] - found["new"],
            "rejected": rejected,
            "left_out": left_out,
            "irrelevant": irrelevant,
            "forgotten": found["forgotten"],
            "copies": found["copies"],
            "unchanged": sum(f.known.documents for f in comparison.seeds if f.known and f.change == "unchanged"),
        }

    def _record(self, counts: dict[str, int], comparison: Comparison, published: Published | None) -> RunRecord:
        def named(prefix: str) -> dict[str, int]:
            return {k.removeprefix(prefix): n for k, n in sorted(self._counts.items()) if k.startswith(prefix)}

        return RunRecord(
            run_id=self._stamp.run_id,
            started_at=self._stamp.at.isoformat(),
            ended_at=datetime.now(UTC).isoformat(),
            pipeline_version=self._stamp.pipeline_version,
            coder_version=CODER_VERSION,
            versions=library_versions(),
            clustering_version=clustering_version(),
            options=self._options,
            snapshot=published.number if published else None,
            snapshot_id=published.snapshot_id if published else None,
            counts=counts,
            files={kind: sum(f.change == kind for f in comparison.seeds) for kind in ("new", "changed", "unchanged")},
            feeds=self._followed.counts,
            rejected=named("rejected/"),
            repairs=named("repairs/"),
            events=named("events/"),
            pairs=self._pairs,
            seconds=self._seconds,
        )


def as_json(record: RunRecord) -> str:
    """A run's record as it is kept."""
    return json.dumps(asdict(record), indent=2, ensure_ascii=False, default=str) + "\n"


def _clustered_by(snapshot: Snapshot) -> str | None:
    """The version of the code that clustered a snapshot's events; None for the empty one, or where it does not say."""
    version: str | None = snapshot.record().get("clustering_version")
    return version


def _parts(staged: dict[str, list[str]]) -> list[SeenPart]:
    return [SeenPart(**row) for file in staged.get("seenpart", []) for row in pq.read_table(file).to_pylist()]


def _refuse_losses(engine: duckdb.DuckDBPyConnection, counts: dict[str, int], max_rejected: float) -> None:
    """See that no larger share than was allowed is lost.

    Raises:
        NotPublishedError: it is; the message names the reasons, the most frequent first, and some of the documents.

    """
    if counts["rejected"] <= max_rejected * counts["read"]:
        return
    reasons = engine.execute("SELECT reason, count(*) FROM new_rejected GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()
    first = engine.execute(
        "SELECT source_uri, reason, detail FROM new_rejected WHERE reason = $most ORDER BY ALL LIMIT $examples",
        {"most": reasons[0][0], "examples": _EXAMPLES},
    ).fetchall()
    share = counts["rejected"] / counts["read"]
    raise NotPublishedError(
        f"{counts['rejected']} of {counts['read']} documents ({share:.0%}) were rejected, more than --max-rejected "
        f"allows; nothing was published. Reasons: {', '.join(f'{reason} {n}' for reason, n in reasons)}. Look at "
        + "; ".join(f"{uri} ({reason}: {detail})" for uri, reason, detail in first)
    )
