import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.documents import Hints, RawDocument
from transforms.events.relevance import RELEVANT_FROM, assess
from transforms.screening import PASSES_FROM, may_be_relevant, score

RESCUE = (
    "The coastguard rescued 80 migrants from a wooden boat south of Lampedusa before dawn on Monday, officials said.",
    "The asylum seekers, most of them from Sudan and Eritrea, were taken to the reception centre on the island.",
    "Italy has asked other member states of the European Union to take some of those who crossed from Libya.",
)
BUDGET = (
    "The council passed its budget for the coming year on Monday, after a debate that went on until the evening.",
    "Most of the money will go to schools and to the repair of roads, which were damaged in the winter storms.",
    "The mayor said that taxes would stay as they are, and thanked the members of all parties for their patience.",
)


def page(paragraphs: tuple[str, ...], tag: str = "p", title: str = "News of the day", around: str = "") -> str:
    text = "".join(f"<{tag} class='text'>{part}</{tag}>" for part in paragraphs)
    return f"<html><head><title>{title}</title></head><body>{around}<article><h1>{title}</h1>{text}</article></body></html>"


def document(body: str | bytes, media_type: str = "text/html", title: str | None = None) -> RawDocument:
    return RawDocument(
        source_uri="a",
        source_file="a",
        source_kind="seed",
        media_type=media_type,
        body=body.encode() if isinstance(body, str) else body,
        raw_hash="h",
        record=Hints(title=title),
    )


MENU = "<ul><li><a href='/asylum'>Asylum</a></li><li><a href='/refugees'>Refugees and migrants</a></li></ul>"
SCRIPT = f"<script>var related = {' '.join(RESCUE)!r};</script><style>.migrants {{ color: red }}</style>"
TOLD = f'<script type="application/ld+json">{{"articleBody": "{" ".join(RESCUE)}"}}</script>'


@pytest.mark.parametrize(
    ("body", "passes"),
    [
        (page(RESCUE), True),
        (page(RESCUE, "div"), True),
        (page(RESCUE, "P"), True),
        (page(("<br>".join(RESCUE),), "div"), True),
        (page(tuple(part[i : i + 40] for part in RESCUE for i in range(0, len(part), 40)), "span"), True),
        (page(RESCUE).replace("migrants", "mi&shy;grants").replace("asylum seekers", "<b>a</b>sylum&nbsp;seekers"), True),
        (page(RESCUE).replace("<p class='text'>", "<p>").replace("</p>", ""), True),
        (page(BUDGET[:1], around=TOLD), True),
        (page(BUDGET[:1] * 2, title="Navy rescues migrants off Lampedusa, refugees flown to Malta"), True),
        (page(BUDGET), False),
        (page(BUDGET * 4, around=MENU), False),
        (page(BUDGET * 4, around=SCRIPT), False),
        (page(BUDGET, around="<script>"), False),
        ("<html></html>", False),
    ],
)  # fmt: skip
def test_pages(body: str, passes: bool) -> None:
    assert may_be_relevant(document(body)) is passes


def test_what_cannot_be_told_without_reading_passes() -> None:
    assert may_be_relevant(document(page(BUDGET).encode("utf-16")))
    assert may_be_relevant(document(b""))
    assert may_be_relevant(document(b" " * 30_000_000))


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "shift_jis", "koi8-r"])
def test_english_words_are_found_in_any_encoding_without_zero_bytes(encoding: str) -> None:
    assert may_be_relevant(document(page(RESCUE).encode(encoding)))


def test_a_title_from_elsewhere_counts() -> None:
    text = " ".join(BUDGET)
    assert not may_be_relevant(document(text, "text/plain"))
    assert may_be_relevant(document(text, "text/plain", "Migrants and asylum seekers rescued off Lampedusa"))


WORDS = [
    *" ".join((*RESCUE, *BUDGET)).split(),
    "sos méditerranée",
    "Sea-Watch",
    "MIGRANTS",
    "asylum-seekers’",
    "\n",
    "é",
]


@given(st.lists(st.sampled_from(WORDS), max_size=80), st.sampled_from([None, "Migrants land", "Taxes"]))
def test_no_text_that_is_relevant_is_dropped(words: list[str], title: str | None) -> None:
    text = " ".join(words)
    found = assess(title, text)
    assert score(document(text, "text/plain", title)) == (found if text.strip() else 1.0)
    assert found < RELEVANT_FROM or may_be_relevant(document(text, "text/plain", title))


@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/plain"]))
def test_any_bytes_are_looked_at(body: bytes, media_type: str) -> None:
    assert 0 <= score(document(body, media_type)) <= 1


def test_time_is_linear_in_length() -> None:
    for piece in ("<p", "<p>", "<script>", "<", ">", "<a ", "<title>", "&shy;", "<script type='ld+json'>"):
        start = time.process_time()
        score(document(piece * 200_000))
        assert time.process_time() - start < 5, piece


def test_it_lets_more_pass_than_is_relevant() -> None:
    assert PASSES_FROM < RELEVANT_FROM
