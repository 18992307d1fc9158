"""The seed documents that ship with the project: what must come of them, and that their words are their own."""

import re
import tomllib
from pathlib import Path

import pytest

from schemas.documents import Hints, RawDocument
from transforms.clean import Cleaned, clean
from transforms.extract import Extracted, extract

SEEDS = Path(__file__).parents[2] / "seeds"
NAMES = sorted(p.name for p in SEEDS.glob("*.txt"))
MANIFEST = tomllib.loads((SEEDS / "manifest.toml").read_text(encoding="utf-8"))


def _cleaned(name: str) -> tuple[Extracted, Cleaned]:
    body = (SEEDS / name).read_bytes()
    told = {key: str(value) for key, value in MANIFEST[name].items()}
    extracted = extract(
        RawDocument(
            source_uri=name,
            source_file=name,
            source_kind="seed",
            media_type="text/plain",
            body=body,
            raw_hash="",
            manifest=Hints(**told),
        )
    )
    assert isinstance(extracted, Extracted)
    cleaned = clean(extracted)
    assert isinstance(cleaned, Cleaned)
    return extracted, cleaned


def test_the_manifest_names_the_documents_that_are_there():
    assert sorted(MANIFEST) == NAMES
    assert len(NAMES) == 3


@pytest.mark.parametrize("name", NAMES)
def test_each_has_title_publisher_and_day(name):
    extracted, cleaned = _cleaned(name)
    assert (extracted.publisher, extracted.published_basis) == ("Example Wire", "manifest")
    assert extracted.published_date == MANIFEST[name]["published"]
    assert cleaned.title == MANIFEST[name]["title"]
    assert extracted.language == "en"


def test_the_sign_up_form_is_no_part_of_the_report():
    _, cleaned = _cleaned("malta-libya-coordination-units.txt")
    assert cleaned.text.endswith("from the next long-term budget of the European Union.")
    assert "\u00a0" not in cleaned.text
    assert cleaned.repairs == ("spaces", "boilerplate")


def test_the_dateline_is_set_apart_and_apostrophes_are_mended():
    _, cleaned = _cleaned("libya-italy-operations-room.txt")
    assert (cleaned.dateline_place, cleaned.dateline_agency) == ("Tripoli", "Example Wire")
    assert cleaned.text.startswith("Libya's internationally recognised government")
    assert re.findall(r"\w+'s", cleaned.text) == [
        *("Libya's", "Libya's", "Italy's", "general's", "Seraj's", "GNA's", "Italy's", "Saturday's")
    ]
    assert not re.search(r"\bs\b(?<!'s)", cleaned.text)


def test_the_post_is_a_quote():
    _, cleaned = _cleaned("salvini-visits-tripoli.txt")
    (quote,) = cleaned.quotes
    assert (quote.author, quote.handle, quote.language) == ("Matteo Salvini", "matteosalvinimi", "it")
    assert str(quote.posted_on) == "2018-06-25"
    assert quote.text.startswith("Sono a Tripoli")
    assert quote.text.endswith("A più tardi!")
    assert quote.url == "https://pic.twitter.com/Kd3vTzQ81x"
    assert "Sono a Tripoli" not in cleaned.text
    assert "possibile" not in cleaned.text


def test_no_long_run_of_words_is_taken_from_the_reports_that_are_retold(shared: Path):
    """Six words in a row may agree only where they hold names, titles or figures."""
    theirs = {run for path in sorted((shared / "seeds").glob("*.txt")) for run in _runs(path.read_text("utf-8"))}
    for name in NAMES:
        for run in _runs((SEEDS / name).read_text("utf-8")):
            assert run not in theirs or sum(word[0].isupper() or word[0].isdigit() for word in run) >= 3, (name, run)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return [tuple(words[i : i + 6]) for i in range(len(words) - 5)]
