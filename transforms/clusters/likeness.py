"""How much speaks for two reports telling of one happening, and what speaks against it outright.

A conflict rules it out: two rescues on following days, two numbers of people rescued, two critics. Where there is none,
agreement counts: the same parties, place, day, number, words. The weights are written by hand; what they achieve is
measured on labelled pairs (tests/transforms/clusters/pairs.yaml) and on the gold groups, also with events that were
damaged as a coder's mistakes would damage them: that is why within an article some disagreements can be outweighed.
"""

from transforms.clusters.reports import Report, Side

VERBAL = frozenset(
    ("criticism", "endorsement", "request", "refusal", "threat", "policy_proposal", "agreement", "consultation")
)
"""Types in which who speaks makes the event: another speaker is another event."""
SYMMETRIC = frozenset(("agreement", "consultation", "cooperation"))
"""Types whose parties may be told in either order."""
SUBTYPES = (
    frozenset(("death_missing", "wreck")),
    frozenset(("rescued", "brought_ashore")),
    frozenset(("signed", "agreed")),
    frozenset(("meeting", "visit", "summit")),
    frozenset(("arrest", "detention")),
)
"""Subtypes that one happening may be told as; others that differ are two happenings."""
ROUNDING = 0.1
"""Numbers that differ by no more than this part may be one number, rounded or counted again."""
ALONE = {
    "consultation": 0.25,
    "interception": 0.5,
    "violence": 0.5,
    "criticism": -0.5,
    "policy_change": -0.75,
    "policy_proposal": -0.5,
    "court_ruling": -0.5,
}
"""How much the type itself says: an article on an attack tells of that attack throughout, one on policy lists rules."""
MISREAD = 1.0
"""What a disagreement within one article costs where the coder may have misread a party, a country or a tense."""
ABOARD = frozenset(("violence", "incident", "interception", "rescue"))
"""Types that befall whoever is in the boat: those who are taken and those who take them."""
PICKED_UP = frozenset(("interception", "rescue"))
"""Types that one article may tell one happening as: a coastguard that picks people up saves them, and stops them."""
WINDOW = 3
"""Days between the publication of two articles up to which they may tell of one happening without giving its day."""
UNDATED = 0.75
"""What two articles need more where one does not say when it was published."""
RETOLD = 2
"""Headline, lead and the next sentence, by number: they mostly retell one happening."""
FAR = 6
"""Sentences apart from which one article is likely to have gone on to something else."""


def likeness(a: Report, b: Report) -> float | None:
    """How much speaks for one happening; None where something speaks against it outright."""
    types = {a.event_type, b.event_type}
    if len(types) > 1 and not (a.article_id == b.article_id and types <= PICKED_UP):
        return None
    score = _words(a, b) + min(ALONE.get(event_type, 0.0) for event_type in types)
    for part in (_sentences, _factuality, _subtypes, _parties, _days, _places, _figures):
        found = part(a, b)
        if found is None:
            return None
        score += found
    return score


def _sentences(a: Report, b: Report) -> float | None:
    """Two events of one sentence are two, unless only the verb tells what befell people apart: capsized and drowned."""
    if a.article_id != b.article_id:
        return 0.0
    if a.sentences & b.sentences:
        told = [(r.sources, r.targets, r.days, r.places, r.figures) for r in (a, b)]
        return 0.5 if a.event_type in ABOARD and told[0] == told[1] else None
    first, last = sorted((min(a.sentences), min(b.sentences)))
    return 0.5 if last <= RETOLD else -0.25 if last - first > FAR else 0.0


def _factuality(a: Report, b: Report) -> float | None:
    """Between articles a plan may have come true; within one its tense is easily misread."""
    if a.factuality == b.factuality:
        return 0.0
    if a.article_id == b.article_id:
        return -MISREAD
    return -0.25 if {a.factuality, b.factuality} == {"actual", "planned"} else None


def _subtypes(a: Report, b: Report) -> float | None:
    if a.event_type != b.event_type:
        return 0.0
    if not a.subtypes or not b.subtypes or a.subtypes & b.subtypes:
        return 0.0
    return 0.0 if any(a.subtypes <= family and b.subtypes <= family for family in SUBTYPES) else None


def _parties(a: Report, b: Report) -> float | None:
    if a.event_type in SYMMETRIC:
        one, other = a.sources.joined(a.targets), b.sources.joined(b.targets)
        if len(one.codes & other.codes) < min(len(one.codes), len(other.codes), 2):
            return _misread(a, b)
        return _side(a, b, one, other)
    # someone unknown who acts is nobody known: a merchant ship is not the coastguard
    if a.sources.codes and b.sources.codes and not a.sources.codes & b.sources.codes:
        acting = None if a.event_type in VERBAL else _misread(a, b)
    else:
        acting = _side(a, b, a.sources, b.sources)
    acted_on = _side(a, b, a.targets, b.targets)
    return None if acting is None or acted_on is None else acting + acted_on


def _side(a: Report, b: Report, one: Side, other: Side) -> float | None:
    if not one.codes or not other.codes:
        return 0.0
    known, other_known = _known(a, one), _known(a, other)
    if known and other_known and not known & other_known:
        return _misread(a, b)
    score = (0.5 if known == other_known else 0.25) if known & other_known else -0.25
    if one.names & other.names:
        score += 0.75
    for code in one.named & other.named:
        if not {name for name in one.names if name[0] == code} & other.names:
            if a.event_type in VERBAL:
                return None
            score -= 2.0
    return score


def _misread(a: Report, b: Report) -> float | None:
    """What a disagreement counts that the coder may have made: only within an article it can be outweighed."""
    return -MISREAD if a.article_id == b.article_id else None


def _known(report: Report, side: Side) -> frozenset[str]:
    codes = side.codes - {"---"}
    return codes - {"CRM"} | {"REF"} if "CRM" in codes and report.event_type in ABOARD else codes


def _days(a: Report, b: Report) -> float | None:
    """The day of the event must agree; where not both say the very day, articles must be of about the same day."""
    if a.days is not None and b.days is not None and (a.days[1] < b.days[0] or b.days[1] < a.days[0]):
        return None
    same_day = a.days is not None and a.days == b.days and a.days[0] == a.days[1]
    score = 0.5 if same_day else 0.0
    if a.article_id == b.article_id:
        return score
    if a.published is None or b.published is None:
        return score - UNDATED
    if abs(a.published - b.published) > WINDOW and not same_day:
        return None
    return score + (0.5 if a.published == b.published else 0.0)


def _places(a: Report, b: Report) -> float | None:
    if a.countries and b.countries and not a.countries & b.countries:
        return _misread(a, b)
    if a.places and b.places:
        return 0.75 if a.places & b.places else -0.25
    return 0.0


def _figures(a: Report, b: Report) -> float | None:
    """Numbers of the same thing agree or are two events; a number that only one gives says nothing."""
    if a.figures & b.figures:
        return 1.5
    pairs = [(x, y) for unit, x in a.figures for other, y in b.figures if unit == other]
    if not pairs:
        return 0.0
    return 0.0 if any(abs(x - y) <= ROUNDING * max(x, y) for x, y in pairs) else None


def _words(a: Report, b: Report) -> float:
    score = 0.75 if a.trigger & b.trigger else 0.0
    shorter = min(a.words.bit_count(), b.words.bit_count())
    return score + (2.0 * (a.words & b.words).bit_count() / shorter if shorter else 0.0)
