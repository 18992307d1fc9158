"""Lists of feeds: what can be said, and what is refused with the place and the remedy."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.following.feed_list import read_feed_list
from schemas.feeds import Feed

ROOT = Path(__file__).parents[3]


def written(folder: Path, content: str) -> str:
    (folder / "feeds.toml").write_text(content, encoding="utf-8")
    return str(folder / "feeds.toml")


def test_all_that_can_be_said_of_a_feed(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        [[feed]]
        url = "https://news.example/feed"
        publisher = "Wire"
        language = "pt-BR"
        country = "BRA"
        full_text = "feed"
        headers = { X-Key = "1", Accept-Language = "pt" }
        [[feed]]
        url = "http://other.example/rss?x=1"
        """,
    )
    first, second = read_feed_list(path)
    assert first == Feed(
        url="https://news.example/feed",
        publisher="Wire",
        language="pt-BR",
        country="BRA",
        full_text="feed",
        headers=(("Accept-Language", "pt"), ("X-Key", "1")),
    )
    assert second == Feed(url="http://other.example/rss?x=1")


ONE = '[[feed]]\nurl = "https://a.example/f"\n'
REFUSED: dict[str, tuple[str, str]] = {
    "no TOML": ("[[feed", "is not TOML"),
    "nothing": ("", r"must hold tables \[\[feed\]\]"),
    "other tables": (ONE + "[more]\nx = 1", r"must hold tables \[\[feed\]\]"),
    "one table": ('[feed]\nurl = "https://a.example"', r"must hold tables \[\[feed\]\]"),
    "no table": ("feed = [1]", "feed 1 must be a table"),
    "no url": ('[[feed]]\npublisher = "P"', "feed 1 needs a url"),
    "a url of a file": (ONE + '[[feed]]\nurl = "file:///etc/passwd"', "feed 2 needs a url"),
    "a broken url": ('[[feed]]\nurl = "http://["', "feed 1 needs a url"),
    "twice": (ONE + ONE, "lists https://a.example/f twice"),
    "unknown": (ONE + 'title = "T"', "feed 1 .* has 'title'; the fields are"),
    "no string": (ONE + "publisher = 3", "publisher must be a string"),
    "language": (ONE + 'language = "English"', "language must be a BCP 47 tag"),
    "country": (ONE + 'country = "Malta"', "alpha-3 code"),
    "country of two letters": (ONE + 'country = "MT"', "alpha-3 code"),
    "full text": (ONE + 'full_text = "yes"', "full_text must be one of page, feed"),
    "headers": (ONE + "headers = 3", "headers must be a table"),
    "a header of two lines": (ONE + 'headers = { A = "1\\r\\nB: 2" }', "header 'A'"),
    "a header's name": (ONE + 'headers = { "A B" = "1" }', "header 'A B'"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(tmp_path: Path, what: str) -> None:
    content, said = REFUSED[what]
    with pytest.raises(UsageError, match=said):
        read_feed_list(written(tmp_path, content))


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read the list of feeds"):
        read_feed_list(str(tmp_path / "none.toml"))


def test_the_list_that_is_shipped() -> None:
    feeds = read_feed_list(str(ROOT / "seeds" / "feeds.toml"))
    assert len(feeds) > 10
    assert all(feed.publisher and feed.language for feed in feeds)
