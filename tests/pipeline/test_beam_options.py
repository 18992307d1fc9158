import pytest
from apache_beam.options.pipeline_options import DirectOptions, StandardOptions

from pipeline.beam_options import parse
from pipeline.errors import UsageError


@pytest.mark.parametrize("words", [[], ["--runner=DirectRunner"], ["--runner", "direct"], ["--runner=FnApiRunner"]])
def test_the_direct_runner_is_the_local_one_that_needs_no_download(words: list[str]) -> None:
    assert parse(words).view_as(StandardOptions).runner == "FnApiRunner"


def test_options_of_beam_are_kept() -> None:
    options = parse(["--runner=PortableRunner", "--direct_num_workers=2", "--direct_running_mode=multi_processing"])
    assert options.view_as(StandardOptions).runner == "PortableRunner"
    assert options.view_as(DirectOptions).direct_num_workers == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--bogus=1"], "no option '--bogus=1'"),
        (["stray"], "no option 'stray'"),
        (["--runner=NoSuchRunner"], "no runner 'NoSuchRunner'"),
        (["--direct_num_workers=many"], "invalid int value"),
        (["--direct_running_mode=magic"], "invalid choice"),
        (["--direct_num=2"], "no option '--direct_num=2'"),
    ],
)
def test_what_beam_would_accept_in_silence_is_a_usage_error(words: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse(words)
