"""What benchmarks read: the shared articles, as texts or set into real pages, the same ones for the same numbers."""

import gzip
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from pathlib import Path

from backports import zstd
from lxml import html
from lxml.html import HtmlElement

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("MIGRATION_EVENTS_SHARED", ROOT.parent / "shared")).resolve()

Record = dict[str, str | None]

_TITLE_METAS = "//meta[@property='og:title' or @name='twitter:title' or @name='title' or @itemprop='headline']"
_DESCRIPTION_METAS = (
    "//meta[@name='description' or @property='og:description' or @name='twitter:description' or @name='keywords'"
    " or @name='news_keywords' or @property='article:tag']"
)
_TOLD_IN_SCRIPT = re.compile(r'"(headline|articleBody|description|alternativeHeadline)"\s*:\s*"(?:[^"\\]|\\.)*"')
_LEAST_SHARE = 0.5
"""A page serves as a template if so much of its report was found and taken out."""


def articles(count: int) -> list[Record]:
    """Some of the shared articles, drawn evenly from all of their sources: the file is a mixed one."""
    if not (SHARED / "corpora").exists():
        sys.exit(f"nothing to measure on: no records at {SHARED} (set MIGRATION_EVENTS_SHARED)")
    with zstd.open(SHARED / "corpora" / "news.jsonl.zst") as raw:
        records = [json.loads(line) for line in io.TextIOWrapper(raw, encoding="utf-8")]
    step = max(1, len(records) // count)
    return list(islice(records[::step], count))


@dataclass(frozen=True, slots=True)
class Template:
    """A real page whose report was taken out."""

    name: str
    markup: str
    """With `MARK_…` where the title and the text go."""

    def filled(self, record: Record) -> str:
        """The page with an article in it."""
        text, title = record["text"] or "", " ".join((record["title"] or "").split())
        paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n|(?<=[.!?”])  +", text) if part.strip()]
        page = self.markup.replace("MARK_TEXT", "".join(f"<p>{escape(part)}</p>\n" for part in paragraphs))
        told = json.dumps(" ".join(paragraphs)).replace("</", "<\\/")[1:-1]
        page = page.replace("MARK_TOLD_BODY", told).replace("MARK_TOLD_TITLE", json.dumps(title)[1:-1])
        return page.replace("MARK_TITLE", escape(title or paragraphs[0][:80])).replace("MARK_LEAD", escape(text[:150]))


def templates() -> Iterator[Template]:
    """The shared pages as templates, those whose report can be told from the rest."""
    with (SHARED / "pages" / "truth.jsonl").open(encoding="utf-8") as lines:
        truth = [json.loads(line) for line in lines]
    for page in truth:
        with gzip.open(SHARED / "pages" / "html" / page["page"]) as packed:
            raw = packed.read()
        template = _emptied(page["page"], raw, page["body"])
        if template is not None:
            yield template


def _emptied(name: str, raw: bytes, body: str) -> Template | None:
    tree = html.document_fromstring(raw.decode("utf-8", "replace").encode(), parser=html.HTMLParser(encoding="utf-8"))
    wanted = _letters(body)
    found = [e for e in tree.iter("p", "h2", "h3", "h4", "li", "blockquote", "div") if _is_paragraph(e, wanted)]
    found = [e for e in found if not any(a in found for a in e.iterancestors())]
    if not found or sum(len(_letters(e.text_content())) for e in found) < _LEAST_SHARE * len(wanted):
        return None
    first = max(found[:3], key=lambda e: len(e.text_content()))
    place = html.Element("div")
    place.text = "MARK_TEXT"
    first.addprevious(place)
    for element in found:
        element.drop_tree()
    for element in tree.iter("h1", "title"):
        element.text = "MARK_TITLE"
        for child in list(element):
            child.drop_tree()
    for path, mark in ((_TITLE_METAS, "MARK_TITLE"), (_DESCRIPTION_METAS, "MARK_LEAD")):
        for meta in tree.xpath(path):
            meta.set("content", mark)
    for script in tree.iter("script"):
        if script.text:
            script.text = _TOLD_IN_SCRIPT.sub(_told, script.text)
    return Template(name, "<!DOCTYPE html>\n" + html.tostring(tree, encoding="unicode"))


def _told(found: re.Match[str]) -> str:
    mark = {"articleBody": "MARK_TOLD_BODY", "description": "MARK_TOLD_TITLE"}.get(found[1], "MARK_TOLD_TITLE")
    return f'"{found[1]}": "{mark}"'


def _is_paragraph(element: HtmlElement, wanted: str) -> bool:
    text = _letters(element.text_content())
    return len(text) > 20 and text in wanted


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
