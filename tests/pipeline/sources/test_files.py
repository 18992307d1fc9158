from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.sources import files
from pipeline.sources.files import Piece, cut_into_pieces, documents, find_files, kind_of
from pipeline.sources.manifest import Manifest


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a.txt", "text"),
        ("a/b.TXT.gz", "text"),
        ("a.html", "html"),
        ("a.htm.zst", "html"),
        ("a.jsonl", "jsonl"),
        ("a.jsonl.zst", "jsonl"),
        ("a.pdf", "unsupported"),
        ("a.gz", "unsupported"),
        ("a", "unsupported"),
        ("a.txt/b", "unsupported"),
    ],
)
def test_kind_of(path: str, kind: str) -> None:
    assert kind_of(path) == kind


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "seeds/b.txt",
        "seeds/deep/er/a.html",
        "seeds/.hidden/x.txt",
        "seeds/.DS_Store",
        "seeds/manifest.toml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("patterns", "found"),
    [
        (["seeds"], ["seeds/b.txt", "seeds/deep/er/a.html", "seeds/manifest.toml"]),
        (["./seeds/"], ["seeds/b.txt", "seeds/deep/er/a.html", "seeds/manifest.toml"]),
        (["seeds/*.txt"], ["seeds/b.txt"]),
        (["seeds/**.html"], ["seeds/deep/er/a.html"]),
        (["seeds/b.txt", "seeds/[ab].txt", "./seeds/b.txt"], ["seeds/b.txt"]),
    ],
)
def test_find_files_in_folders_and_by_globs_each_once_in_order(
    folder: Path, patterns: list[str], found: list[str]
) -> None:
    assert [file.path for file in find_files(patterns)] == found


@pytest.mark.parametrize("pattern", ["nowhere", "empty", "seeds/*.csv", "seeds/none.txt"])
def test_a_path_without_files_is_a_usage_error_that_names_it(folder: Path, pattern: str) -> None:
    with pytest.raises(UsageError, match=pattern.replace("*", r"\*")):
        find_files([pattern])


def test_pieces_leave_companions_out_and_cut_large_json_lines(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "RANGE_BYTES", 10)
    (folder / "seeds/large.jsonl").write_bytes(b"x" * 25)
    (folder / "seeds/large.jsonl.gz").write_bytes(b"x" * 25)
    pieces = list(cut_into_pieces(documents(find_files(["seeds"])), Manifest()))
    assert [(p.path, p.start, p.end) for p in pieces] == [
        ("seeds/b.txt", 0, None),
        ("seeds/deep/er/a.html", 0, None),
        ("seeds/large.jsonl", 0, 10),
        ("seeds/large.jsonl", 10, 20),
        ("seeds/large.jsonl", 20, 25),
        ("seeds/large.jsonl.gz", 0, None),
    ]
    assert all(isinstance(p, Piece) for p in pieces)
