"""What an article's times are told against: the day of publication, and the dates that its sentences give."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from schemas.articles import Article
from transforms.events.candidate import Sentence
from transforms.events.dates.expressions import Expression, expressions


@dataclass(frozen=True, slots=True)
class Clock:
    """The ground of an article's dates."""

    today: date | None
    """The day of publication; lacking one, None: weekdays and "yesterday" then have no ground."""
    precision: str | None
    """How much of `today` is known: second, day, month, year."""
    times: dict[str, tuple[Expression, ...]] = field(default_factory=dict)
    """The time expressions of each sentence, by its text, in the article's order."""
    title: str | None = None

    @property
    def day_known(self) -> bool:
        """Whether the very day of publication is known."""
        return self.today is not None and self.precision in ("day", "second")

    @property
    def month_known(self) -> bool:
        """Whether the month of publication is known."""
        return self.today is not None and self.precision != "year"


def clock_of(article: Article, sentences: Sequence[Sentence]) -> Clock:
    """The clock of an article and its sentences."""
    title = next((s.text for s in sentences if s.field == "title"), None)
    times = {s.text: expressions(s.text) for s in sentences}
    return Clock(article.published_date, article.published_precision, times, title)
