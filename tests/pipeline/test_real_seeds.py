"""What must come of the three real seed documents, where they are present: a newspaper report, an agency's, one with a post."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from pipeline.run import run
from pipeline.run_options import RunOptions

Row = dict[str, Any]
MANIFEST = '["003_efb95829528522da.txt"]\npublished = 2017-12-09\n'


@pytest.fixture(scope="module")
def rows(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], list[Row]]:
    """Rows of a table by the number that the seed's name begins with; `m` for a run with a manifest that gives a date."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "manifest.toml").write_text(MANIFEST)
    run(RunOptions(seeds=(str(shared / "seeds"),), output=str(folder / "plain")))
    run(
        RunOptions(seeds=(str(shared / "seeds"),), output=str(folder / "dated"), manifest=str(folder / "manifest.toml"))
    )

    def of(table: str, seed: str) -> list[Row]:
        output = folder / ("dated" if seed.endswith("m") else "plain")
        articles = ds.dataset(output / "articles").to_table().to_pylist()
        (article,) = (a for a in articles if Path(a["source_uri"]).name.startswith(seed[:3]))
        if table == "articles":
            return [article]
        found = ds.dataset(output / "events").to_table().to_pylist()
        return [e for e in found if e["article_id"] == article["article_id"]]

    return of


def names(actors: list[Row]) -> str:
    return " ".join(f"{a['name']} {a['canonical_name']}" for a in actors)


def matching(events: list[Row], event_type: str, sources: set[str], targets: set[str] | None, **more: Any) -> list[Row]:
    """Events of a type between these states; `both` looks at the two sides together."""
    found = []
    for e in events:
        sides = set(e["source_codes"]), set(e["target_codes"])
        agree = (sides[0] | sides[1] == sources) if targets is None else sides == (sources, targets)
        if e["event_type"] == event_type and agree and all(e[k] == v for k, v in more.items()):
            found.append(e)
    return found


def test_000_text_is_the_report_without_the_sign_up(rows: Callable[[str, str], list[Row]]) -> None:
    (article,) = rows("articles", "000")
    for word in ("newsletter", "mailing list", "inbox", "unsubscribe", "Mailchimp"):
        assert word not in article["text"]
    assert article["title"] is None
    assert article["text"].startswith("Malta and Libya will be setting up units")
    assert article["text"].endswith("through the upcoming Multiannual Financial Framework.")


def test_000_events(rows: Callable[[str, str], list[Row]]) -> None:
    events = rows("events", "000")
    (agreement, *_) = matching(events, "agreement", {"MLT", "LBY"}, None, instrument="memorandum_of_understanding")
    assert agreement["place_name"] == "Tripoli"
    talks = [e for e in matching(events, "consultation", {"MLT", "LBY"}, None) if e["place_name"] == "Tripoli"]
    named = " ".join(names(e["sources"] + e["targets"]) for e in talks)
    for person in ("Abela", "Camilleri", "Bartolo", "al-Sarraj", "Sheibani"):
        assert person in named
    assert matching(events, "cooperation", {"MLT", "LBY"}, None, factuality="planned")


def test_003_text_is_mended_at_the_lost_apostrophes_only(rows: Callable[[str, str], list[Row]]) -> None:
    (article,) = rows("articles", "003")
    assert (article["dateline_place"], article["dateline_agency"]) == ("Tripoli", "Reuters")
    assert article["text"].startswith("Libya's U.N.-backed government agreed")
    for phrase in ("Seraj's office", "Saturday's statement", "Libya's coastguard"):
        assert phrase in article["text"]
    assert article["text"].count("'s ") == 4
    assert " s " not in article["text"]


def test_003_events(rows: Callable[[str, str], list[Row]]) -> None:
    events = rows("events", "003")
    agreements = matching(events, "agreement", {"LBY", "ITA"}, None)
    assert any(e["instrument"] == "joint_unit" for e in agreements)
    assert any(e["place_name"] == "Tripoli" for e in agreements)
    named = " ".join(names(e["sources"] + e["targets"]) for e in matching(events, "consultation", {"LBY", "ITA"}, None))
    for person in ("Seraj", "Khodja", "Minniti"):
        assert person in named
    assert matching(events, "aid", {"EUR"}, {"LBY"})
    assert matching(events, "aid", {"ITA"}, {"LBY"})
    assert matching(events, "interception", {"LBY"}, {"REF"})


def test_003_on_saturday_is_the_day_that_the_manifest_makes_it(rows: Callable[[str, str], list[Row]]) -> None:
    (article,) = rows("articles", "003m")
    assert (article["published_date"], article["published_basis"]) == (date(2017, 12, 9), "manifest")
    agreements = matching(rows("events", "003m"), "agreement", {"LBY", "ITA"}, None)
    assert any((e["event_date"], e["event_date_basis"]) == (date(2017, 12, 9), "weekday") for e in agreements)


def test_004_post_is_a_quote_and_dates_the_article(rows: Callable[[str, str], list[Row]]) -> None:
    (article,) = rows("articles", "004")
    (quote,) = article["quotes"]
    assert (quote["author"], quote["handle"], quote["language"]) == ("Matteo Salvini", "matteosalvinimi", "it")
    assert quote["posted_on"] == date(2018, 6, 25)
    assert "Qui Tripoli" not in article["text"]
    assert "twitter.com" not in article["text"]
    assert (article["published_date"], article["published_basis"]) == (date(2018, 6, 25), "text")


def test_004_events(rows: Callable[[str, str], list[Row]]) -> None:
    events = rows("events", "004")
    met = matching(events, "consultation", {"ITA"}, {"LBY"}, event_date=date(2018, 6, 25))
    assert any("Salvini" in names(e["sources"]) and "Ashour" in names(e["targets"]) for e in met)
    (leaders, *_) = matching(events, "consultation", {"EUR"}, set(), event_date=date(2018, 6, 24))
    assert leaders["place_name"] == "Brussels"
    assert [e for e in events if e["event_type"] == "border_control" and e["source_codes"] == ["ITA"]]
    (refusal, *_) = [e for e in events if e["event_type"] == "refusal" and set(e["source_codes"]) == {"ITA", "MLT"}]
    assert "Lifeline" in names(refusal["targets"])
    assert [(f["value"], f["unit"], f["quantifier"]) for f in refusal["figures"]] == [(200, "people", "more_than")]
    assert any(
        "Muscat" in names(e["sources"]) or "Malta" in names(e["sources"])
        for e in matching(events, "refusal", {"MLT"}, {"ITA"})
    )
    assert matching(events, "request", {"ITA"}, {"MLT"})
    assert matching(events, "aid", {"EUR"}, {"LBY"})
    assert matching(events, "criticism", {"ITA"}, {"FRA"})
    assert matching(events, "consultation", {"EUR"}, set(), factuality="planned")
