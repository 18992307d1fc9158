import pytest

from schemas import vocabulary
from schemas.articles import Quote
from schemas.documents import Rejected
from transforms.clean import Cleaned, clean
from transforms.clean.article import content_hash
from transforms.extract import Extracted


def _extracted(
    text: str, title: str | None = None, language: str | None = None, quotes: tuple[Quote, ...] = ()
) -> Extracted:
    return Extracted(
        article_id="0",
        source_uri="a.txt",
        source_kind="seed",
        fetched_at=None,
        url=None,
        publisher=None,
        publisher_country=None,
        title=title,
        authors=(),
        language=language,
        published_at=None,
        published_date=None,
        published_precision=None,
        published_basis=None,
        text=text,
        form="article",
        quotes=quotes,
    )


def _cleaned(text: str, **fields: object) -> Cleaned:
    cleaned = clean(_extracted(text, **fields))
    assert isinstance(cleaned, Cleaned)
    return cleaned


def test_title_and_text_are_mended_and_the_repairs_named_in_the_order_of_their_vocabulary():
    cleaned = _cleaned(
        "TUNIS (Reuters) - Tunisia s navy left.It was late.\nUpdated at 5.20pm", title="Tunisia s navy &amp; police"
    )
    assert cleaned.title == "Tunisia's navy & police"
    assert cleaned.text == "Tunisia's navy left. It was late."
    assert (cleaned.dateline_place, cleaned.dateline_agency) == ("Tunis", "Reuters")
    assert cleaned.repairs == ("entities", "boilerplate", "dateline", "glued_words", "apostrophes")
    assert set(cleaned.repairs) <= vocabulary.allowed("repair")
    assert cleaned.word_count == 6


def test_quotes_of_the_markup_come_before_those_of_the_text():
    embedded = Quote(author="B. Sample", text="First.")
    cleaned = _cleaned(
        "The minister is in Tunis.\n\nSecond. — A. Example (@example) June 25, 2018", quotes=(embedded,), language="en"
    )
    assert [quote.author for quote in cleaned.quotes] == ["B. Sample", "A. Example"]
    assert cleaned.repairs == ("posts",)


@pytest.mark.parametrize(
    ("text", "language", "mended"),
    [
        ("Tunisia s navy left.", "en-GB", "Tunisia's navy left."),
        ("Tunisia s coastguard stops 50", None, "Tunisia's coastguard stops 50"),
        ("Setkání s ministrem v Praze", None, "Setkání s ministrem v Praze"),
        ("Setkání s ministrem v Praze", "cs", "Setkání s ministrem v Praze"),
    ],
)
def test_apostrophes_are_english(text, language, mended):
    assert _cleaned(text, language=language).text == mended


@pytest.mark.parametrize("text", ["Sign up to our newsletter", "\u200b \u00ad", "ADVERTISEMENT\n\nMore to follow"])
def test_what_is_no_report_is_rejected_with_a_remedy(text):
    rejected = clean(_extracted(text))
    assert isinstance(rejected, Rejected)
    assert (rejected.stage, rejected.reason, rejected.source_uri) == ("clean", "empty", "a.txt")
    assert len(rejected.detail.split()) > 5


def test_the_content_hash_is_of_title_and_text():
    assert content_hash("A", "B") == content_hash("A", "B")
    assert len({content_hash("A", "B"), content_hash("AB", ""), content_hash(None, "AB"), content_hash("A", "C")}) == 4
    assert (
        _cleaned("Tunisia s navy left.", language="en").content_hash == _cleaned("Tunisia's  navy left.").content_hash
    )
