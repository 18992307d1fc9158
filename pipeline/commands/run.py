"""`migration-events run`: read sources, publish what is new, say what came of it."""

from datetime import datetime

import click

from pipeline import summary
from pipeline.commands.console import console
from pipeline.commands.outcome import end, json_option, print_json
from pipeline.run import RunOptions, plan
from pipeline.run import run as run_pipeline

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(context_settings={"max_content_width": 100})
@click.option("--seeds", multiple=True, metavar="PATH", help="File, folder or glob; may be repeated.")
@click.option("--feeds", metavar="FILE", help="List of feeds to follow (TOML), with or without --seeds.")
@click.option("--output", required=True, metavar="DIR", help="Folder of the datasets.")
@click.option("--manifest", metavar="FILE", help="What is known of the files (default: manifest.toml beside them).")
@click.option("--since", type=_DAY, metavar="DAY", help="Take what was published from this day on; nothing undated.")
@click.option("--until", type=_DAY, metavar="DAY", help="Take what was published up to this day; nothing undated.")
@click.option("--max-rejected", type=click.FloatRange(0, 1), default=1.0, metavar="SHARE",
              help="Publish nothing if a larger share of what was read is rejected (0 to 1).")  # fmt: skip
@click.option("--keep-raw", is_flag=True, help="Keep what is fetched, as WARC, under DIR/raw.")
@click.option("--contact", metavar="ADDRESS", help="Who answers for the requests: a mail address or a page.")
@click.option("--delay", type=click.FloatRange(0, 60), default=1.0, metavar="SECONDS",
              help="Pause between two requests to one host (default: 1).")  # fmt: skip
@click.option("--allow-private-hosts", is_flag=True, help="Also ask hosts of a private network.")
@click.option("--dry-run", is_flag=True, help="Say what would be read, and do nothing.")
@json_option
@click.argument("beam", nargs=-1, type=click.UNPROCESSED, metavar="[-- BEAM OPTIONS]")
def run(
    seeds: tuple[str, ...],
    feeds: str | None,
    output: str,
    manifest: str | None,
    since: datetime | None,
    until: datetime | None,
    max_rejected: float,
    keep_raw: bool,
    contact: str | None,
    delay: float,
    allow_private_hosts: bool,
    dry_run: bool,
    as_json: bool,
    beam: tuple[str, ...],
) -> int:
    """Read documents that are new or changed and publish them under --output.

    Seed documents are .txt (one article), .html, .jsonl (a document a line: id, url, title, published,
    publisher, text or html), or .warc, each also gzip or zstd, in any folder depth. Feeds are RSS, Atom or JSON
    Feed; the pages of their new entries are fetched.

    \b
    Example:
      migration-events run --seeds seeds --output output
      migration-events run --feeds seeds/feeds.toml --contact us@example.org --output output
      migration-events run --seeds 'news/*.jsonl.zst' --output output -- --direct_num_workers=2 \\
          --direct_running_mode=multi_processing
    """
    options = RunOptions(
        seeds=seeds,
        feeds=feeds,
        keep_raw=keep_raw,
        contact=contact,
        delay=delay,
        allow_private_hosts=allow_private_hosts,
        output=output,
        manifest=manifest,
        since=since.date() if since else None,
        until=until.date() if until else None,
        max_rejected=max_rejected,
        beam=beam,
    )
    if not dry_run:
        return end(run_pipeline(options), output, as_json=as_json)
    planned = plan(options)
    if as_json:
        files = {found.file.path: found.change for found in planned.comparison.files}
        print_json({"status": 0, "files": files, "feeds": [feed.url for feed in planned.feeds]})
    else:
        summary.print_plan(console(), planned.comparison, [feed.url for feed in planned.feeds], planned.not_asked)
    return 0
