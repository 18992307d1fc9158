import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.clean.lines import paragraphs_of

WRAPPED = """The coastguard of Tunisia stopped two boats on Monday night, and
took the ninety people on board back to the port of Sfax, the interior
ministry said in a statement.
Most of them had come from countries south of the Sahara. They were
handed over to the police and will be heard by a judge in the morning."""


@pytest.mark.parametrize(
    ("text", "paragraphs", "joined"),
    [
        ("One.\nTwo.\n\nThree.", ["One.", "Two.", "Three."], False),
        ("  One   two. \n \n\n Three. ", ["One two.", "Three."], False),
        (
            "The ministers of both countries will meet again in\n\nthe capital on Friday.",
            ["The ministers of both countries will meet again in the capital on Friday."],
            True,
        ),
        ("A short heading\nthe first words", ["A short heading", "the first words"], False),
        ("", [], False),
    ],
)
def test_paragraphs(text, paragraphs, joined):
    assert paragraphs_of(text) == (paragraphs, joined)


def test_wrapped_lines_are_joined_and_a_short_last_line_ends_a_paragraph():
    paragraphs, joined = paragraphs_of(WRAPPED)
    assert joined
    assert [p.split()[0] for p in paragraphs] == ["The", "Most"]
    assert " ".join(paragraphs) == " ".join(WRAPPED.split())


@given(st.text(alphabet="ab C.\n-:,", max_size=300))
def test_nothing_but_white_space_changes(text):
    paragraphs, _ = paragraphs_of(text)
    assert "".join("".join(paragraphs).split()) == "".join(text.split())
    assert paragraphs_of("\n\n".join(paragraphs)) == (paragraphs, False)
