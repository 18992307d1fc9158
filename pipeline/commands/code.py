"""`migration-events code`: code one text, and show why."""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from pipeline import summary
from pipeline.commands.console import console
from pipeline.errors import UsageError
from schemas.articles import Article
from schemas.columns import as_row
from schemas.documents import Hints, RawDocument, Rejected
from schemas.events import Event
from schemas.runs import RunStamp
from transforms.events.coder import Reasons, code_article, explain
from transforms.prepare import prepare


@click.command()
@click.argument("text", required=False)
@click.option("--title", help="Headline of the text, coded as well.")
@click.option("--published", metavar="DATE", help='Day of publication, from which "on Saturday" is resolved.')
@click.option("--json", "as_json", is_flag=True, help="Print each event as a line of JSON.")
@click.option("--explain", "explained", is_flag=True, help="Say for each sentence what was tried and why it fell.")
def code(text: str | None, title: str | None, published: str | None, as_json: bool, explained: bool) -> None:
    """Code TEXT, or what comes on the standard input, and print its events.

    The text is taken as about migration, whether or not a run would find it so.

    \b
    Example:
      migration-events code "Italy and Malta refused the Lifeline entry on Sunday." --published 2018-06-25
      migration-events code --explain < article.txt
    """
    article = _article(text if text is not None else sys.stdin.read(), title, published)
    events = code_article(article)
    if as_json:
        for event in events:
            click.echo(json.dumps(as_row(event), ensure_ascii=False, default=str))
        return
    out = console()
    if explained:
        for reasons in explain(article):
            _print_reasons(out, reasons)
    summary.print_events(out, [_shown(event) for event in events])


def _article(text: str, title: str | None, published: str | None) -> Article:
    body = text.encode("utf-8", "replace")
    document = RawDocument(
        source_uri="text",
        source_file="text",
        source_kind="seed",
        media_type="text/plain",
        body=body,
        charset="utf-8",
        raw_hash="",
        record=Hints(title=title, published=published, language="en"),
    )
    prepared = prepare(document, RunStamp(run_id="", at=datetime.now(UTC), pipeline_version=""))
    if isinstance(prepared, Rejected):
        raise UsageError(prepared.detail)
    article = prepared[0]
    if published is not None and article.published_date is None:
        raise UsageError(f"{published!r} is not a date; write it as 2018-06-25")
    return replace(article, relevant=True)


def _shown(event: Event) -> tuple[Any, ...]:
    length = {"year": 4, "month": 7}.get(event.event_date_precision or "", 10)
    kind = event.event_type if event.factuality == "actual" else f"{event.event_type} ({event.factuality})"
    return (
        str(event.event_date)[:length] if event.event_date else "",
        kind,
        [f"{a.canonical_name or a.name} [{a.code}]" for a in event.sources],
        [f"{a.canonical_name or a.name} [{a.code}]" for a in event.targets],
        ", ".join(filter(None, (event.place_name, event.place_country))),
        event.evidence,
    )


def _print_reasons(out: Console, reasons: Reasons) -> None:
    out.print(f"\n[bold]{escape(reasons.sentence.text)}[/bold]")
    if reasons.reading is None:
        out.print("  tells next to no event, to the tagger, and is not parsed")
        return
    for mention in reasons.reading.mentions:
        words = reasons.reading.doc[mention.start : mention.end].text
        who = ", ".join(f"{a.canonical_name or a.name} [{a.code} {a.sector}]" for a in mention.actors)
        out.print(f"  actor {escape(words)}: {escape(who)} ({mention.kind})", markup=True)
    for trial in reasons.trials:
        words = reasons.reading.doc[trial.candidate.trigger[0] : trial.candidate.trigger[1]].text
        verdict = f"stands, {trial.confidence:.2f} sure" if trial.fell is None else f"falls: {trial.fell}"
        out.print(f"  {trial.trigger.id} on {escape(repr(words))}: {escape(verdict)}")
