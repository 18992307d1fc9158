import collections
import itertools
import json
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import xxhash
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.dedupe.deduplicate import deduplicate
from transforms.dedupe.signature import sign


def story(seed: int, words: int = 300) -> list[str]:
    """The words of a made-up story; two stories of different seeds share hardly a passage."""
    rng = random.Random(seed)
    return [f"{rng.choice('bcdfglmnprst')}{rng.choice('aeiou')}{rng.randrange(400)}" for _ in range(words)]


def articles(texts: Sequence[str], days: Sequence[date | None] | None = None) -> pa.Table:
    """The columns that `deduplicate` reads; ids are a00, a01, …"""
    return pa.table(
        {
            "article_id": [f"a{i:02}" for i in range(len(texts))],
            "published_date": pa.array(days or [None] * len(texts), pa.date32()),
            "length": [len(text) for text in texts],
            "content_hash": [xxhash.xxh3_64_hexdigest(text.encode()) for text in texts],
            "signature": pa.array([sign(text).to_bytes() for text in texts], pa.binary()),
        }
    )


BASE = story(1, 400)
TEXTS = [
    " ".join(words)
    for words in [
        BASE,
        BASE[:220],
        BASE,
        [*BASE[:200], *BASE[230:], "and", "more"],
        story(2),
        story(2)[:200] + story(3, 20),
        story(4),
        story(5, 30),
        story(5, 30),
        [],
    ]
]
DAYS = [date(2020, 1, 2), date(2020, 1, 1), None, date(2020, 1, 3), None, None, date(2020, 1, 1), None, None, None]


def rows(table: pa.Table) -> dict[str, dict[str, object]]:
    return {row["article_id"]: row for row in deduplicate(table).articles.to_pylist()}


def test_election() -> None:
    found = rows(articles(TEXTS, DAYS))
    kinds = {i: (row["duplicate_of"], row["duplicate_kind"]) for i, row in found.items() if row["duplicate_of"]}
    assert kinds == {
        "a00": ("a01", "near"),  # a01 came out first, short as it is
        "a02": ("a01", "near"),  # the same as a00, which is not elected
        "a03": ("a01", "near"),
        "a05": ("a04", "near"),  # neither has a date: the longer is elected
        "a08": ("a07", "exact"),
    }
    assert all(row["cluster_id"] == (row["duplicate_of"] or i) for i, row in found.items())
    assert found["a08"]["similarity"] == 1
    assert found["a02"]["similarity"] == found["a00"]["similarity"]
    assert 0.75 <= float(str(found["a05"]["similarity"])) <= 1
    assert found["a04"]["similarity"] is None


def test_exact_copies_cost_no_pairs() -> None:
    result = deduplicate(articles([TEXTS[0]] * 5000))
    assert result.candidates == 0
    assert set(result.articles["cluster_id"].to_pylist()) == {"a00"}


def test_no_articles() -> None:
    assert len(deduplicate(articles([])).articles) == 0


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.integers(0, 10), max_size=3))
def test_order_and_chunks_do_not_matter(rng: random.Random, cuts: list[int]) -> None:
    table = articles(TEXTS, DAYS)
    order = list(range(len(TEXTS)))
    rng.shuffle(order)
    shuffled = table.take(pa.array(order))
    bounds = [0, *sorted(cuts), len(order)]
    parts = pa.concat_tables([shuffled.slice(a, b - a) for a, b in itertools.pairwise(bounds)])
    assert deduplicate(parts).articles.equals(deduplicate(table).articles)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, len(TEXTS) - 1)))
def test_articles_that_are_no_copies_of_others_stay_as_they_are(kept: set[int]) -> None:
    """What one run finds in a part of the articles is what the whole run finds among them, but for elections lost."""
    table = articles(TEXTS, DAYS)
    whole, part = rows(table), rows(table.take(pa.array(sorted(kept), pa.int64())))
    for i, row in part.items():
        if whole[i]["duplicate_of"] in {None, *part}:
            assert row == whole[i]


def test_real_copies_of_every_kind(shared: Path) -> None:
    def read(name: str) -> list[dict[str, str]]:
        with (shared / "duplicates" / name).open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    def pairs(groups: dict[str, list[str]]) -> set[tuple[str, ...]]:
        return {tuple(sorted(p)) for members in groups.values() for p in itertools.combinations(members, 2)}

    documents, kind = read("documents.jsonl"), {}
    table = articles([d["text"] for d in documents])
    table = table.set_column(0, "article_id", pa.array([d["id"] for d in documents]))
    true, found = collections.defaultdict(list), collections.defaultdict(list)
    for row in read("truth.jsonl"):
        true[row["cluster"]].append(row["id"])
        kind[row["id"]] = row["kind"]
    for i, row in rows(table).items():
        found[str(row["cluster_id"])].append(i)
    hits = pairs(found) & pairs(true)
    assert len(hits) >= 0.999 * len(pairs(found))
    assert len(hits) >= 0.985 * len(pairs(true))
    assert not [p for p in pairs(found) - hits if "followup" in (kind[p[0]], kind[p[1]])]
