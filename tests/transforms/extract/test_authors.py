import pytest

from transforms.extract.authors import clean_authors, is_site_name, signature


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["By Anna Example"], ("Anna Example",)),
        (["BY ANNA EXAMPLE and BEN SAMPLE"], ("ANNA EXAMPLE", "BEN SAMPLE")),
        (["Von Anna Example und Ben Sample"], ("Anna Example", "Ben Sample")),
        (["Por Anna Example y Ben Sample"], ("Anna Example", "Ben Sample")),
        (["Anna Example, Ben Sample & Carl Instance"], ("Anna Example", "Ben Sample", "Carl Instance")),
        (["Anna Example in Rome"], ("Anna Example",)),
        (["Anna Example, Political Editor"], ("Anna Example",)),
        (["Anna Example (Reuters)"], ("Anna Example",)),
        (["Anna Example", "anna example"], ("Anna Example",)),
        (["Example News Agency"], ("Example News Agency",)),
        (["https://news.example/authors/anna"], ()),
        (["admin", "5 min read", "Published 25 June 2018", "@example", ""], ()),
    ],
)
def test_names(written, names):
    assert clean_authors(written) == names


REPORT = ["The ministers met in Tunis on Monday.", "They agreed on patrols.", "They will meet again in Rome."]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ([*REPORT, "Anna Example"], ("Anna Example",)),
        (["Anna Example/Ben Sample", *REPORT], ("Anna Example", "Ben Sample")),
        (["Talks In Tunis", *REPORT], ()),  # a heading: the town comes again
        ([*REPORT, "Read on"], ()),
        (REPORT, ()),
        ([], ()),
    ],
)
def test_signatures(lines, names):
    assert signature(lines) == names


def test_the_site_is_no_person():
    assert is_site_name("Example Times", ["example times"])
    assert is_site_name("example.com", [])
    assert not is_site_name("Anna Example", ["Example Times"])
