"""Read the knowledge files that lie beside the code."""

from importlib.resources import files
from typing import Any

import yaml


def read_yaml(package: str, name: str) -> Any:
    """The content of a YAML file of a package: mappings, lists, texts, numbers.

    By PyYAML's binding to libyaml, which reads some 20 times as fast as its own reader: workers read 200 kB at start.
    """
    return yaml.load(files(package).joinpath(name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def read_yaml_as_text(package: str, name: str) -> Any:
    """The same, but every scalar stays a text: `no` and `on` are words of English there."""
    return yaml.load(files(package).joinpath(name).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
