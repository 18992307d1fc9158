import ftfy.bad_codecs  # noqa: F401  registers the sloppy code pages
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.clean.characters import mend_characters


@pytest.mark.parametrize(
    ("damaged", "mended", "repairs"),
    [
        ("Libyaâ€™s coast", "Libya’s coast", ["encoding"]),
        ("LibyaÃ¢â‚¬â„¢s coast", "Libya’s coast", ["encoding"]),
        ("MÃ¼nchen and Å»ejtun", "München and Żejtun", ["encoding"]),
        ("Libya\x92s coast", "Libya’s coast", ["encoding"]),
        ("\x1cLibya\x19s coast\x1d", "“Libya’s coast”", ["encoding"]),
        ("Libya&amp;rsquo;s coast", "Libya’s coast", ["entities"]),
        ("search &amp; rescue", "search & rescue", ["entities"]),
        ("mi\u00adgra\u00adtion", "migration", ["characters"]),
        ("mi\u200bgration\ufeff", "migration", ["characters"]),
        ("bor\x08der", "border", ["characters"]),
        ("ﬁrst oﬃcer", "first officer", ["characters"]),
        ("200\u00a0people", "200 people", ["spaces"]),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree", []),
    ],
)
def test_damage_is_mended_and_named(damaged, mended, repairs):
    assert mend_characters(damaged) == (mended, repairs)


@pytest.mark.parametrize(
    "encoding",
    ["latin-1", "mac-roman", "cp437", "iso-8859-2"] + [f"sloppy-windows-125{n}" for n in (0, 1, 2, 3, 4, 7)],
)
def test_what_was_decoded_wrongly_is_put_right(encoding):
    sound = "“We’re leaving Libya’s coast – it’s late,” the café owner in Żejtun said in München… €5m."
    assert mend_characters(sound.encode().decode(encoding)) == (sound, ["encoding"])


@pytest.mark.parametrize(
    "sound",
    [
        "“We’re staying” – café, Żurrieq, Åland, €5m, 10°",
        "Министр заявил: «Граница закрыта»",
        "移民政策：政府は「検討する」と述べた。（共同）",
        "می‌خواهم",  # Persian needs its zero-width non-joiner
        "قال الوزير إن الحدود مغلقة",
    ],
)
def test_sound_text_is_untouched(sound):
    assert mend_characters(sound) == (sound, [])


@given(st.text(max_size=200))
def test_mending_twice_is_mending_once(text):
    once, _ = mend_characters(text)
    assert mend_characters(once)[0] == once
