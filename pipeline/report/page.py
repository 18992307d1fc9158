"""One self-contained page: template, style, scripts and data put together.

Nothing in it comes from elsewhere, and the page tells the browser so: its content security policy lets no request out
and lets only the scripts run whose hashes it names, so that no word of an article could ever run as one. The data are
packed (gzip, base64), which also leaves nothing in them that could be read as HTML.
"""

import base64
import gzip
import hashlib
import json
from importlib.resources import files
from string import Template
from typing import Any

_SCRIPTS = (
    "data",
    "filters",
    "elements",
    "picker",
    "controls",
    "drawing",
    "time",
    "map",
    "dyads",
    "policy",
    "standoffs",
    "latest",
    "about",
    "main",
)
"""Our own scripts in page/, in the order in which they build on each other."""


def page(payload: dict[str, Any]) -> str:
    """The page that shows a payload (`pipeline.report.payload`)."""
    vendor, ours = _text("vendor/charts.js"), _ours()
    style = _text("page/style.css")
    snapshot = payload["snapshot"]
    return Template(_text("page/template.html")).substitute(
        policy="; ".join(
            (
                "default-src 'none'",
                f"script-src {_hash(vendor)} {_hash(ours)}",
                f"style-src {_hash(style)}",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        ),
        style=style,
        snapshot=f"{snapshot['number']}",
        data=_packed(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()),
        world=_packed(_text("vendor/world.json").encode()),
        licences=_packed(_text("vendor/LICENSES.txt").encode()),
        vendor=vendor,
        ours=ours,
    )


def _text(name: str) -> str:
    return files("pipeline.report").joinpath(name).read_text(encoding="utf-8")


def _ours() -> str:
    scripts = "\n".join(f"// {name}.js\n{_text(f'page/{name}.js')}" for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{scripts}\n}})();\n'


def _hash(inline: str) -> str:
    """The source expression that lets an inline script or style of these very words be."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"


def _packed(content: bytes) -> str:
    return base64.b64encode(gzip.compress(content, mtime=0)).decode()
