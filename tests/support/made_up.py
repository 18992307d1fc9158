"""Made-up documents for runs on Flink: web pages, texts and a web archive, some told twice, some that are no article."""

import html
import io
from pathlib import Path

from incremental import article, words
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

RELEVANT = 0.05
"""Share of the articles that are about migration, as in mixed news; coding them takes longest."""
BROKEN_EVERY = 100
"""One page in so many has no article."""


def page(number: int, lexicon: list[str]) -> str:
    """A web page around an article."""
    told = article(number, lexicon, RELEVANT, None)
    text = "" if number % BROKEN_EVERY == 0 else told["text"]
    sentences = text.split(". ")
    paragraphs = "".join(f"<p>{html.escape('. '.join(sentences[n : n + 4]))}.</p>" for n in range(0, len(sentences), 4))
    return (
        f'<html lang="en"><head><title>{told["title"]}</title><link rel="canonical" href="{told["url"]}">'
        f'<meta property="article:published_time" content="{told["published"]}"></head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>{told['title']}</h1>{paragraphs}</article></body></html>"
    )


def write(folder: Path, documents: int) -> Path:
    """As many documents: three tenths are pages, three tenths texts, the rest in archives; each fifth text is a page's."""
    lexicon = words()
    folder.mkdir(parents=True)
    pages, texts = range(documents * 3 // 10), range(documents * 3 // 10, documents * 6 // 10)
    for number in pages:
        (folder / f"page-{number:05}.html").write_text(page(number, lexicon), encoding="utf-8")
    for number in texts:
        told = article(number if number % 5 else number - len(pages), lexicon, RELEVANT, None)
        (folder / f"text-{number:05}.txt").write_text(f"{told['title']}\n\n{told['text']}\n", encoding="utf-8")
    rest = range(documents * 6 // 10, documents)
    for start in range(rest.start, rest.stop, 500):
        with (folder / f"archive-{start:05}.warc.gz").open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            for number in range(start, min(start + 500, rest.stop)):
                writer.write_record(_response(writer, number, page(number, lexicon)))
    return folder


def _response(writer: WARCWriter, number: int, body: str) -> object:
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    return writer.create_warc_record(
        f"https://archive.example/{number}", "response", payload=io.BytesIO(body.encode()), http_headers=headers
    )
