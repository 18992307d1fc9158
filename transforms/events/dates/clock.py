"""What an article's times are told against: the day of publication, and the days that its sentences name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.articles import Article
from transforms.events.candidate import Sentence
from transforms.events.dates.expressions import Expression, expressions
from transforms.events.dates.meaning import Today, When, date_of

_SAID = re.compile(
    r"\b(?:said|told [A-Z]\w+|says|reported|confirmed|added)\s+(?:late |early |in a statement )?(?:on )?$"
)
_SPEAKING = re.compile(
    r"\b(?:urg|call(?:s|ed)? (?:on|for)|criticis|criticiz|accus|tells?\b|told|denounc|condemn|demand|ask|warn|announc"
    r"|vow|promis|propos|sa(?:id|ys)\b|assail|laid out|defend|prais|welcom|pledg|claim|appeal|rebuk|reject|statement"
    r"|speech|talks)",
    re.IGNORECASE,
)
"""Words that make of a sentence one that tells of speaking."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A sentence that names a day."""

    order: int
    """Which sentence of the article."""
    text: str
    when: When
    kind: str
    """happening; speech: the day is one on which someone spoke; report: the day on which something was reported."""
    opening: bool
    """Whether the sentence begins with the day, or is a headline: what follows is told of that day."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The ground of an article's dates."""

    today: Today
    times: dict[str, tuple[Expression, ...]] = field(default_factory=dict)
    """The time expressions of each sentence, by its text."""
    order: dict[str, int] = field(default_factory=dict)
    """The number of each sentence, by its text."""
    dated: tuple[Dated, ...] = ()
    """The sentences that name a day, in order."""
    title: str | None = None


def clock_of(article: Article, sentences: Sequence[Sentence]) -> Clock:
    """The clock of an article and its sentences."""
    today = Today(article.published_date, article.published_precision)
    if today.day is None:
        today = _told(sentences)
    times: dict[str, tuple[Expression, ...]] = {}
    order: dict[str, int] = {}
    dated = []
    for n, sentence in enumerate(sentences):
        found = expressions(sentence.text)
        times.setdefault(sentence.text, found)
        order.setdefault(sentence.text, n)
        for expression in found:
            when = date_of(expression, today, ahead=False)
            if when.precision == "day" and expression.bearing not in ("since", "until", "by", "before", "after"):
                opening = sentence.field == "title" or expression.start < 24
                dated.append(Dated(n, sentence.text, when, _kind(sentence.text, expression), opening))
                break
    title = next((s.text for s in sentences if s.field == "title"), None)
    return Clock(today, times, order, tuple(dated), title)


def _told(sentences: Sequence[Sentence]) -> Today:
    """Lacking a day of publication: the full date with which a report opens, from which other dates take their year."""
    for sentence in sentences[:2]:
        for expression in expressions(sentence.text):
            if expression.kind == "date" and expression.year is not None:
                return Today(date_of(expression, Today(None, None), ahead=False).event_date, "year")
    return Today(None, None)


def _kind(sentence: str, expression: Expression) -> str:
    if _SAID.search(sentence[max(0, expression.start - 60) : expression.start]):
        return "report"
    return "speech" if _SPEAKING.search(sentence) else "happening"
