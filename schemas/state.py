"""What a snapshot remembers beside its datasets, so that the next run can go on from it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Where an article was seen, and all that is needed to compare it with others without its text."""

    source_uri: Annotated[str, "path or URL, with the record's name inside a file"]
    source_file: Annotated[str, "the file or page alone"]
    article_id: Annotated[str, "the article that was seen there"]
    raw_hash: Annotated[str, "of the document as it came"]
    row_hash: Annotated[str, "of the article's row, without decisions and run"]
    content_hash: Annotated[str, "of the cleaned title and text"]
    published_date: Annotated[date | None, "as in articles"] = None
    length: Annotated[int, "code points of the cleaned text", pa.int32()]
    signature: Annotated[bytes, "for near-duplicates, see transforms/dedupe/signature.py"]
    seen_at: Annotated[datetime, "when it was first seen so, UTC"]
    run_id: Annotated[str, "run that first saw it so"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the present coder says of an article that an earlier one judged."""

    article_id: Annotated[str, "the article"]
    relevant: Annotated[bool, "as in articles"]
    relevance: Annotated[float, "as in articles"]
