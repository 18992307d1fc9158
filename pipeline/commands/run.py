"""`migration-events run`: read sources, publish what is new, say what came of it."""

from typing import Any

import click

from pipeline import summary
from pipeline.commands.console import console
from pipeline.commands.outcome import end, json_option, print_json
from pipeline.commands.source_options import run_options, source_options
from pipeline.progress import on_terminal, quiet
from pipeline.run import plan
from pipeline.run import run as run_pipeline


@click.command(context_settings={"max_content_width": 100})
@source_options
@click.option("--dry-run", is_flag=True, help="Say what would be read, and do nothing.")
@json_option
def run(*, dry_run: bool, as_json: bool, **given: Any) -> int:
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
    options = run_options(**given)
    if not dry_run:
        return end(run_pipeline(options, show=quiet if as_json else on_terminal()), options.output, as_json=as_json)
    planned = plan(options)
    if as_json:
        files = {found.file.path: found.change for found in planned.comparison.files}
        print_json({"status": 0, "files": files, "feeds": [feed.url for feed in planned.feeds]})
    else:
        summary.print_plan(console(), planned.comparison, [feed.url for feed in planned.feeds], planned.not_asked)
    return 0
