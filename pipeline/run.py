"""What can be done with an output folder: read sources into it, code it again, take articles down."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline import beam_options
from pipeline.errors import UsageError
from pipeline.fetch.manners import Manners
from pipeline.fold import known_files
from pipeline.following.feed_list import read_feed_list
from pipeline.following.known import is_due, read_known
from pipeline.holding import holding
from pipeline.progress import Showing, quiet
from pipeline.run_options import RunOptions
from pipeline.snapshots import Output, Snapshot, existing_output, open_output
from pipeline.sources.changes import Bounds, Comparison, compare, compare_kept, kept_name
from pipeline.sources.files import find_files
from pipeline.sources.manifest import read_manifests
from pipeline.steps import Following
from pipeline.tables import values
from schemas.feeds import Feed
from schemas.runs import RunRecord


@dataclass(frozen=True, slots=True)
class Planned:
    """What a run would do."""

    comparison: Comparison
    feeds: tuple[Feed, ...] = ()
    """Those that it would ask."""
    not_asked: int = 0
    """Feeds that are retired, or are to be left alone for a time."""


def run(options: RunOptions, manners: Manners | None = None, show: Showing = quiet) -> RunRecord:
    """Follow feeds, read the files that are new or changed, and publish what is new in them.

    Args:
        options: what is asked for.
        manners: how sites are asked, if not as `options` and the defaults say.
        show: where it is shown what the run does.

    Raises:
        UsageError: an option cannot be met; nothing was read.
        HeldError: another run holds the output.
        NotPublishedError: the run did not add up, or lost too much; the dataset is as it was.

    """
    parsed = beam_options.parse(options.beam)
    find, following = _finder(options), _following(options, manners)
    output = open_output(options.output)
    with holding(output, parsed, asdict(options), show) as running:
        return running.read(find(output.current()), options.max_rejected, following)


def plan(options: RunOptions) -> Planned:
    """What `run` would read and ask; nothing is read, asked, held or written.

    Raises:
        UsageError: an option cannot be met.

    """
    beam_options.parse(options.beam)
    find, following = _finder(options), _following(options)
    current = Output(Path(options.output)).current()
    if following is None:
        return Planned(find(current))
    known, now = read_known(current, [feed.url for feed in following.feeds]), datetime.now(UTC)
    due = tuple(feed for feed in following.feeds if is_due(known.feeds.get(feed.url), now))
    return Planned(find(current), due, len(following.feeds) - len(due))


def _finder(options: RunOptions) -> Callable[[Snapshot], Comparison]:
    """Look the sources up; returns what compares them with what a snapshot knows of them."""
    if options.since and options.until and options.since > options.until:
        raise UsageError(f"--since is later than --until: nothing is published from {options.since} to {options.until}")
    if not options.seeds and options.feeds is None:
        raise UsageError("nothing to read: name files with --seeds, a list of feeds with --feeds, or both")
    files = find_files(options.seeds)
    manifest = read_manifests([f.path for f in files], options.manifest)
    bounds = Bounds(options.since, options.until, options.relevant_only)
    paths = [f.path for f in files]

    def find(snapshot: Snapshot) -> Comparison:
        archives = snapshot.archives()
        known = known_files(snapshot, [*paths, *map(kept_name, archives)])
        return compare(files, manifest, bounds, known).with_kept(compare_kept(archives, bounds, known))

    return find


def _following(options: RunOptions, manners: Manners | None = None) -> Following | None:
    if options.feeds is None:
        return None
    contact = options.contact
    if contact is not None and not (contact.isascii() and contact.isprintable()):
        raise UsageError(f"--contact must be an address in ASCII, not {contact!r}")
    asked = Manners(contact=contact, allow_private=options.allow_private_hosts, delay=options.delay)
    return Following(feeds=read_feed_list(options.feeds), manners=manners or asked, keep_raw=options.keep_raw)


def recode(path: str, beam: Sequence[str] = (), show: Showing = quiet) -> RunRecord:
    """Code the articles of a dataset again with the present coder; what was read and decided stays.

    Args:
        path: the output folder.
        beam: Beam's own options.
        show: where it is shown what the run does.

    Raises:
        UsageError: there is no dataset, or an option of Beam's is wrong.
        HeldError: another run holds the output.

    """
    parsed = beam_options.parse(beam)
    with holding(existing_output(path), parsed, {"recode": path, "beam": list(beam)}, show) as running:
        return running.code_again()


def correct(path: str) -> RunRecord:
    """Publish a dataset anew with the corrections that its folder holds now; every other run does so too.

    Args:
        path: the output folder.

    Raises:
        UsageError: there is no dataset, or the file of corrections cannot be read.
        HeldError: another run holds the output.

    """
    with holding(existing_output(path), beam_options.parse(()), {"correct": path}) as running:
        return running.publish_again()


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
