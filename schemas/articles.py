"""The articles dataset: one row per article, copies included."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import pyarrow as pa

from schemas.columns import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A post (of Twitter, Facebook, …) that the article embeds; it is not part of the article's text."""

    author: Annotated[str | None, "who posted it, by name"] = None
    handle: Annotated[str | None, "the account, without @"] = None
    text: Annotated[str, "the words of the post"]
    language: Annotated[str | None, "language of the post, BCP 47"] = None
    posted_on: Annotated[date | None, "the day it was posted"] = None
    url: Annotated[str | None, "address of the post, or of the picture in it"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it was found, cleaned; a copy of another one says so in `duplicate_of`."""

    article_id: Annotated[str, "hash of the canonical URL, else of the raw title, date and text"]
    source_uri: Annotated[str, "path or URL that the row was read from; `<path>#<id>` for a record inside a file"]
    source_kind: Annotated[str, "what kind of source that is", Terms("source_kind")]
    url: Annotated[str | None, "canonical URL"] = None
    publisher: Annotated[str | None, "site or agency"] = None
    publisher_country: Annotated[str | None, "its country, where the list of feeds says it; ISO 3166-1 alpha-3"] = None
    title: Annotated[str | None, "headline"] = None
    language: Annotated[str | None, "language of the text, BCP 47"] = None
    authors: Annotated[tuple[str, ...], "people named as authors"] = ()
    published_at: Annotated[datetime | None, "instant of publication, UTC"] = None
    published_date: Annotated[date | None, "the publisher's own day, from which weekdays are resolved"] = None
    published_precision: Annotated[
        str | None, "how much of the date of publication is known", Terms("published_precision")
    ] = None
    published_basis: Annotated[str | None, "where the date of publication comes from", Terms("published_basis")] = None
    fetched_at: Annotated[datetime | None, "when the page was fetched, UTC; null for files"] = None
    dateline_place: Annotated[str | None, "place in the agency's dateline"] = None
    dateline_agency: Annotated[str | None, "agency in the dateline or the credit"] = None
    text: Annotated[str, "the cleaned text"]
    form: Annotated[str, "what form the text has", Terms("form")] = "article"
    quotes: Annotated[tuple[Quote, ...], "posts embedded in the article, in order"] = ()
    repairs: Annotated[tuple[str, ...], "what cleaning and extraction mended, in order"] = ()
    word_count: Annotated[int, "words of `text`", pa.int32()]
    content_hash: Annotated[str, "hash of the cleaned title and text"]
    cluster_id: Annotated[str, "one for all copies of an article: the id of the elected one"]
    duplicate_of: Annotated[str | None, "id of the elected article that this is a copy of"] = None
    duplicate_kind: Annotated[str | None, "what kind of copy", Terms("duplicate_kind")] = None
    similarity: Annotated[float | None, "to the elected article, 0 to 1: of the 5-word shingles of the shorter"] = None
    relevant: Annotated[bool, "whether the article is about migration policy or its operation"]
    relevance: Annotated[float, "how surely, 0 to 1"]
    run_id: Annotated[str, "run that wrote the row"]
    pipeline_version: Annotated[str, "version of migration-events that wrote the row"]
