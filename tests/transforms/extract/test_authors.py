import pytest

from transforms.extract.authors import clean_authors


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
