"""How the schemas may change under one version, against a copy of what was promised (`frozen.json`).

Added columns and terms: yes, if the column may be null or is a list, so that older files can be read as if they had it.
Anything else (a column that goes, another type, another meaning): only with another `SCHEMA_VERSION`. Where only the
wording of a meaning is mended, and at a release, freeze anew: `python tests/schemas/test_frozen.py`.
"""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from schemas import vocabulary
from schemas.columns import SCHEMA_VERSION, Column, columns
from schemas.dictionary import DATASETS

FROZEN = Path(__file__).with_name("frozen.json")


def promised() -> dict[str, Any]:
    """What users may rely on."""
    return {
        "schema_version": SCHEMA_VERSION,
        "datasets": {name: _columns(record_type) for name, record_type in DATASETS.items()},
        "vocabularies": {
            name: dict(vocabulary.terms(name))
            if name != "event_subtype"
            else dict.fromkeys(vocabulary.allowed(name), "")
            for name in sorted(vocabulary.names())
        },
    }


def _columns(record_type: type) -> dict[str, Any]:
    return {column.name: _column(column) for column in columns(record_type)}


def _column(column: Column) -> dict[str, Any]:
    said = {
        "type": str(column.arrow) if column.nested is None else "struct",
        "nullable": column.nullable,
        "list": pa.types.is_list(column.arrow),
        "meaning": column.meaning,
        "terms": column.terms,
    }
    return said | ({"fields": _columns(column.nested)} if column.nested else {})


def breaches(before: dict[str, Any], now: dict[str, Any], within: str) -> list[str]:
    """What of some columns does not keep the promise."""
    found = [f"{within}{name} is gone" for name in before.keys() - now.keys()]
    for name in before.keys() & now.keys():
        was, is_ = dict(before[name]), dict(now[name])
        found += breaches(was.pop("fields", {}), is_.pop("fields", {}), f"{within}{name}.")
        found += [f"{within}{name}: {key} was {was[key]!r}, is {is_[key]!r}" for key in was if was[key] != is_[key]]
    found += [
        f"{within}{name} was added, but may not be null and is no list"
        for name in now.keys() - before.keys()
        if not now[name]["nullable"] and not now[name]["list"]
    ]
    return sorted(found)


def test_the_promise_is_kept() -> None:
    before, now = json.loads(FROZEN.read_text(encoding="utf-8")), promised()
    assert before["schema_version"] == now["schema_version"], "another version: freeze anew"
    for name, frozen in before["datasets"].items():
        assert not breaches(frozen, now["datasets"].get(name, {}), f"{name}.")
    for name, terms in before["vocabularies"].items():
        assert terms.items() <= now["vocabularies"].get(name, {}).items(), name


@pytest.mark.parametrize(
    ("change", "breach"),
    [
        (lambda of: of.pop("title"), "articles.title is gone"),
        (lambda of: of["title"].update(meaning="name"), "articles.title: meaning was 'headline', is 'name'"),
        (lambda of: of["text"].update(nullable=True), "articles.text: nullable was False, is True"),
        (lambda of: of["word_count"].update(type="int64"), "articles.word_count: type was 'int32', is 'int64'"),
        (lambda of: of["quotes"]["fields"].pop("url"), "articles.quotes.url is gone"),
        (lambda of: of.update(new=dict(of["text"])), "articles.new was added, but may not be null and is no list"),
        (lambda of: of.update(new=dict(of["title"])), None),
        (lambda of: of.update(new=dict(of["authors"])), None),
    ],
)
def test_a_breach_is_named(change: Any, breach: str | None) -> None:
    before = promised()["datasets"]["articles"]
    now = json.loads(json.dumps(before))
    change(now)
    assert breaches(before, now, "articles.") == ([breach] if breach else [])


if __name__ == "__main__":
    FROZEN.write_text(json.dumps(promised(), indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
