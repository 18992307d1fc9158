import contextlib
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.extract.decoding import NotTextError, decode

ENGLISH = "Malta’s prime minister said “no” on Monday – again. €5m for the café.\n"
ITALIAN = "La nave è arrivata perché il porto è aperto, così ha detto la città."
CZECH = "Příliš mnoho lidí čeká, řekl ministr v pondělí večer."
RUSSIAN = "Министр заявил, что граница будет закрыта для всех."
JAPANESE = "政府は移民政策について話し合った。新しい法律が必要だと述べた。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((ENGLISH, e) for e in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252")),
        (ITALIAN, "cp1252"),
        (CZECH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
    ],
)
def test_an_encoding_that_nobody_names_is_found(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf8():
    page = f'<html><meta charset="windows-1251"><p>{RUSSIAN}'
    assert decode(page.encode("cp1251"), markup=True) == page
    assert decode(page.encode("utf-8"), markup=True) == page, "a leftover declaration is not believed"


def test_a_known_encoding_is_used():
    assert decode("caf\u00e9 à Tunis".encode("iso8859-15"), "iso-8859-15") == "café à Tunis"
    assert decode(ENGLISH.encode("utf-16-be"), "utf-16-be") == ENGLISH


def test_latin1_means_windows_1252_as_in_browsers():
    page = "<meta charset=iso-8859-1><p>“Non”"
    assert decode(page.encode("cp1252"), markup=True) == page


def test_a_few_broken_bytes_do_not_cost_the_text():
    body = (ITALIAN * 3).encode()
    assert decode(body + b"\xc3").startswith(ITALIAN)

    page = b"<meta charset=utf-8><p>" + b"The ship left the port. " * 200
    assert decode(page + b"\x81\x8d\x8f\x90\x9d\xff\xfe", markup=True).endswith("port. " + 7 * "\ufffd")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (random.Random(1).randbytes(5000), "binary"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        (b"%PDF-1.7 text text text", "binary"),
        (b"PK\x03\x04 text", "binary"),
        (b"\x81\x8d\x8f\x90\x9d" * 60, "undecodable"),
        (bytes(range(128, 256)) * 10, "undecodable"),
        (b"The ship \xff\xfe\x80\x81\x8d\x8f\x90\x9d left the port.", "undecodable"),
        (b"\xff\xfe\xfa\x80\x81\x8d" * 50, "undecodable"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(body, reason):
    with pytest.raises(NotTextError) as refused:
        decode(body)
    assert refused.value.reason == reason
    assert len(str(refused.value)) > 15


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1))
def test_utf8_is_read_as_written(text):
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "raw_unicode_escape", "UTF-7"])
def test_encodings_that_only_python_knows_are_not_believed(charset):
    body = (
        f'<meta charset="{charset}"><p>caf'.encode()
        + b"\xe9 \\ud800 +2AA- "
        + b"Malta's prime minister said no on Monday again.\n" * 3000
    )
    began = time.process_time()
    text = decode(body, charset, markup=True)
    assert time.process_time() - began < 5  # punycode takes the square of the length
    assert "caf\u00e9 \\ud800 +2AA- " in text


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    with contextlib.suppress(NotTextError):
        assert isinstance(decode(body), str)
