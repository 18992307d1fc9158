"""`migration-events run`: read sources, publish what is new, say what came of it."""

import click

from pipeline import summary
from pipeline.commands.console import console
from pipeline.run import RunOptions
from pipeline.run import run as run_pipeline
from pipeline.snapshots import existing_output


@click.command(context_settings={"max_content_width": 100})
@click.option("--seeds", multiple=True, required=True, metavar="PATH", help="File, folder or glob; may be repeated.")
@click.option("--output", required=True, metavar="DIR", help="Folder of the datasets.")
@click.option("--manifest", metavar="FILE", help="What is known of the files (default: manifest.toml beside them).")
@click.argument("beam", nargs=-1, type=click.UNPROCESSED, metavar="[-- BEAM OPTIONS]")
def run(seeds: tuple[str, ...], output: str, manifest: str | None, beam: tuple[str, ...]) -> None:
    """Read documents and publish what is new in them under --output.

    Seed documents are .txt (one article), .html, or .jsonl (a document a line: id, url, title, published,
    publisher, text or html), each also gzip or zstd, in any folder depth.

    \b
    Example:
      migration-events run --seeds seeds --output output
      migration-events run --seeds 'news/*.jsonl.zst' --output output -- --direct_num_workers=2 \\
          --direct_running_mode=multi_processing
    """
    record = run_pipeline(RunOptions(seeds=seeds, output=output, manifest=manifest, beam=beam))
    out = console()
    summary.print_run(out, record)
    summary.print_dataset(out, existing_output(output))
