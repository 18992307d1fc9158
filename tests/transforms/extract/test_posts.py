from datetime import date

import pytest
from lxml import html

from transforms.extract.posts import find_posts, take_embeds

REPORT = "The minister is in Tunis for talks."
SIGNATURE = "— A. Example (@example) June 25, 2018"


@pytest.mark.parametrize(
    ("text", "words", "url"),
    [
        (f"Sono a Tunisi per i colloqui. {SIGNATURE}", "Sono a Tunisi per i colloqui.", None),
        (f"A presto! pic.twitter.com/Ab1Cd2 {SIGNATURE}", "A presto!", "https://pic.twitter.com/Ab1Cd2"),
        (f"A presto!pic.twitter.com/Ab1Cd2{SIGNATURE}", "A presto!", "https://pic.twitter.com/Ab1Cd2"),
        (f"A presto! https://t.co/Ab1 pic.twitter.com/Cd2 {SIGNATURE}", "A presto!", "https://pic.twitter.com/Cd2"),
        (
            f"Sono arrivato con i miei\n\ncolleghi a Tunisi. {SIGNATURE}",
            "Sono arrivato con i miei colleghi a Tunisi.",
            None,
        ),
        (f"Sono a Tunisi.\n{SIGNATURE}", "Sono a Tunisi.", None),
        ("Sono a Tunisi. - A. Example (@example) 25 giugno 2018", "Sono a Tunisi.", None),
        ("Nel porto. A post shared by A. Example (@example) on Jun 25, 2018 at 1:05pm PDT", "Nel porto.", None),
    ],
)
def test_a_post_is_found_with_its_words_author_day_and_link(text, words, url):
    whole = f"{REPORT}\n\n{text}\n\n{REPORT}"
    (post,) = find_posts(whole)
    quote = post.quote
    assert (quote.author, quote.handle, quote.posted_on) == ("A. Example", "example", date(2018, 6, 25))
    assert (quote.text, quote.url) == (words, url)
    assert whole[post.start : post.end] == text


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "He met A. Example (@example) on June 25, 2018 in Tunis.",
        f"{REPORT} {SIGNATURE} and then he left for Rome.",
        f"{'A long paragraph of the report goes before. ' * 20}{SIGNATURE}",
        SIGNATURE,
    ],
)
def test_what_has_no_clear_beginning_or_end_is_left_alone(text):
    assert list(find_posts(text)) == []


def test_posts_one_after_the_other():
    text = f"Prima nave arrivata. {SIGNATURE}\n\nSeconda nave arrivata. {SIGNATURE}"
    assert [post.quote.text for post in find_posts(text)] == ["Prima nave arrivata.", "Seconda nave arrivata."]


def test_an_embedded_post_is_taken_out_of_the_page():
    page = html.fromstring(
        '<div><p>Before.</p><blockquote class="twitter-tweet"><p lang="it">Sono a Tunisi per i colloqui di oggi.</p>'
        '— A. Example (@example) <a href="https://twitter.com/example/status/1?ref=x">June 25, 2018</a></blockquote>'
        "<p>After.</p></div>"
    )
    (quote,) = take_embeds(page)
    assert quote.text == "Sono a Tunisi per i colloqui di oggi."
    assert (quote.author, quote.handle, quote.language) == ("A. Example", "example", "it")
    assert (quote.posted_on, quote.url) == (date(2018, 6, 25), "https://twitter.com/example/status/1")
    assert page.text_content() == "Before.After."
