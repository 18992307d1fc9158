from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.sources.manifest import read_manifests
from schemas.documents import Hints

MANIFEST = """
["talks.txt"]
url = "https://news.example/talks"
publisher = "Example Wire"
published = 2017-12-09
title = "Talks"

["deep/other.html"]
published = "9 December 2017"

["lines.jsonl.gz"]
publisher = "Example Wire"
"""


def test_the_manifest_beside_the_files_tells_of_them(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text(MANIFEST)
    paths = [str(tmp_path / name) for name in ("talks.txt", "deep/other.html", "lines.jsonl.gz", "unnamed.txt")]
    manifest = read_manifests(paths, None)
    assert [manifest.hints(path) for path in paths] == [
        Hints(url="https://news.example/talks", publisher="Example Wire", published="2017-12-09", title="Talks"),
        Hints(published="9 December 2017"),
        Hints(publisher="Example Wire"),
        Hints(),
    ]


def test_a_named_manifest_wins_and_knows_files_elsewhere_by_their_name(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text('["talks.txt"]\npublisher = "beside"')
    named = tmp_path / "lists" / "mine.toml"
    named.parent.mkdir()
    named.write_text('["talks.txt"]\npublisher = "named"')
    path = str(tmp_path / "talks.txt")
    assert read_manifests([path], str(named)).hints(path) == Hints(publisher="named")
    assert read_manifests([path], None).hints(path) == Hints(publisher="beside")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[a", "is not TOML"),
        ('["a.txt"]\npublishr = "x"', "publishr.*the fields are url, publisher, published, title"),
        ('["a.txt"]\ntitle = 7', "title of 'a.txt' must be a string or a date, not 7"),
        ('a = "x"', "'a' must be a table"),
        ('["a.jsonl"]\nurl = "https://x.example"', "holds many documents"),
    ],
)
def test_a_wrong_manifest_is_a_usage_error_that_says_what(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "manifest.toml").write_text(content)
    with pytest.raises(UsageError, match=message) as error:
        read_manifests([str(tmp_path / "a.txt")], None)
    assert str(tmp_path / "manifest.toml") in str(error.value)


def test_a_named_manifest_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no manifest"):
        read_manifests([], str(tmp_path / "none.toml"))
