import pytest

from transforms.extract.language import language_of, likeliest_language

ENGLISH = "The interior minister said on Monday that nobody would be turned back at the border with Tunisia this week."
ITALIAN = (
    "Il ministro dell'Interno ha detto lunedì che nessuno sarà respinto alla frontiera con la Tunisia questa settimana."
)


@pytest.mark.parametrize(
    ("text", "claimed", "language"),
    [
        (ENGLISH, None, "en"),
        (ENGLISH, "en_GB", "en-GB"),
        (ITALIAN, "en", "it"),
        (ITALIAN, "IT-it", "it-IT"),
        ("40 land in Lampedusa", None, None),
        ("40 land in Lampedusa", "en", "en"),
        ("40 land in Lampedusa", "nonsense value", None),
    ],
)
def test_the_text_decides_where_it_is_long_enough(text, claimed, language):
    assert language_of(text, claimed) == language


def test_the_likeliest_language_of_a_short_text():
    assert likeliest_language("Sono a Tripoli con il ministro") == "it"
