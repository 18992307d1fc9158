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
@click.option("--seeds", multiple=True, required=True, metavar="PATH", help="File, folder or glob; may be repeated.")
@click.option("--output", required=True, metavar="DIR", help="Folder of the datasets.")
@click.option("--manifest", metavar="FILE", help="What is known of the files (default: manifest.toml beside them).")
@click.option("--since", type=_DAY, metavar="DAY", help="Take what was published from this day on; nothing undated.")
@click.option("--until", type=_DAY, metavar="DAY", help="Take what was published up to this day; nothing undated.")
@click.option("--max-rejected", type=click.FloatRange(0, 1), default=1.0, metavar="SHARE",
              help="Publish nothing if a larger share of what was read is rejected (0 to 1).")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would be read, and do nothing.")
@json_option
@click.argument("beam", nargs=-1, type=click.UNPROCESSED, metavar="[-- BEAM OPTIONS]")
def run(
    seeds: tuple[str, ...],
    output: str,
    manifest: str | None,
    since: datetime | None,
    until: datetime | None,
    max_rejected: float,
    dry_run: bool,
    as_json: bool,
    beam: tuple[str, ...],
) -> int:
    """Read documents that are new or changed and publish them under --output.

    Seed documents are .txt (one article), .html, or .jsonl (a document a line: id, url, title, published,
    publisher, text or html), each also gzip or zstd, in any folder depth.

    \b
    Example:
      migration-events run --seeds seeds --output output
      migration-events run --seeds 'news/*.jsonl.zst' --output output -- --direct_num_workers=2 \\
          --direct_running_mode=multi_processing
    """
    options = RunOptions(
        seeds=seeds,
        output=output,
        manifest=manifest,
        since=since.date() if since else None,
        until=until.date() if until else None,
        max_rejected=max_rejected,
        beam=beam,
    )
    if not dry_run:
        return end(run_pipeline(options), output, as_json=as_json)
    comparison = plan(options)
    if as_json:
        print_json({"status": 0, "files": {found.file.path: found.change for found in comparison.files}})
    else:
        summary.print_plan(console(), comparison)
    return 0
