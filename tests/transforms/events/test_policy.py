import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import vocabulary
from schemas.events import Actor
from transforms.events.candidate import Candidate
from transforms.events.policy import Policy, policy_of
from transforms.events.policy.rules import rules
from transforms.events.syntax import parse

TOPICS = rules().topics


@pytest.mark.parametrize("topic", TOPICS, ids=[topic.id for topic in TOPICS])
def test_every_topic_is_found_in_its_example(tell, topic) -> None:
    event_type = min(topic.types) if topic.types else "policy_change"
    told = tell(topic.example, event_type=event_type)
    policy = policy_of(told.doc, told.candidate, (), ())
    assert policy.policy_tool == topic.tool
    assert policy.policy_area == (topic.area or rules().types[event_type].area)


def test_no_topic_is_twice_and_all_terms_are_known() -> None:
    known = rules()
    assert len({topic.id for topic in TOPICS}) == len(TOPICS)
    for topic in TOPICS:
        assert topic.area is None or topic.area in vocabulary.allowed("policy_area")
        assert topic.tool in vocabulary.allowed("policy_tool")
        assert topic.group is None or topic.group in vocabulary.allowed("target_group")
        assert topic.types is None or topic.types <= set(known.types)
        assert topic.effect in ("restrictive", "liberal", "neutral")
    assert {name for name, _ in known.groups} <= vocabulary.allowed("target_group")
    assert {name for name, _ in known.instruments} <= vocabulary.allowed("instrument")
    assert set(known.types) <= vocabulary.allowed("event_type")
    for rule in known.types.values():
        assert rule.restrictiveness is None or rule.restrictiveness in vocabulary.allowed("restrictiveness")
        assert rule.topics is None or rule.topics <= {topic.id for topic in TOPICS}


@pytest.mark.parametrize(
    ("sentence", "trigger", "event_type", "area", "restrictiveness"),
    [
        (
            "Sweden tightened its asylum rules.",
            "tightened",
            "policy_change",
            "legal_entry_and_stay",
            "more_restrictive",
        ),
        ("Sweden eased its asylum rules.", "eased", "policy_change", "legal_entry_and_stay", "less_restrictive"),
        (
            "The office ended a resettlement scheme.",
            "ended",
            "policy_change",
            "legal_entry_and_stay",
            "more_restrictive",
        ),
        ("The office lifted the travel ban.", "lifted", "policy_change", "legal_entry_and_stay", "less_restrictive"),
        ("The minister proposed faster deportations.", "proposed", "policy_proposal", "exit", "more_restrictive"),
        ("Two states signed a readmission agreement.", "signed", "agreement", "exit", "more_restrictive"),
        ("Italy closed its ports.", "closed", "border_control", "border_and_land_control", "more_restrictive"),
        ("A court blocked the deportation of nine men.", "blocked", "court_ruling", "exit", "less_restrictive"),
        ("Germany took in 50 refugees.", "took in", "admission", "legal_entry_and_stay", "less_restrictive"),
        ("Germany deported 30 men.", "deported", "return", "exit", "more_restrictive"),
        ("The town offers language courses.", "offers", "aid", "integration", "less_restrictive"),
        ("Police arrested ten smugglers.", "arrested", "enforcement", None, None),
        ("Italy gave Libya's coastguard four boats.", "gave", "aid", "border_and_land_control", "more_restrictive"),
        ("A court endorsed the travel ban.", "endorsed", "court_ruling", "legal_entry_and_stay", "more_restrictive"),
        ("Italy reopened its ports.", "reopened", "border_control", "border_and_land_control", "less_restrictive"),
        (
            "Switzerland stripped a preacher of refugee status.",
            "stripped",
            "enforcement",
            "legal_entry_and_stay",
            "more_restrictive",
        ),
        ("Police arrested a man whose asylum application was pending.", "arrested", "enforcement", None, None),
        ("Police released nine men.", "released", "admission", None, None),
        ("Doctors gave them food.", "gave", "aid", None, None),
        ("The navy rescued 90 people.", "rescued", "rescue", None, None),
        ("NGOs criticised the travel ban.", "criticised", "criticism", None, None),
    ],
)
def test_what_is_about_policy_and_which_way_it_moves(
    tell, sentence: str, trigger: str, event_type: str, area: str | None, restrictiveness: str | None
) -> None:
    told = tell(sentence, trigger, event_type)
    policy = policy_of(told.doc, told.candidate, (), ())
    assert (policy.policy_area, policy.restrictiveness) == (area, restrictiveness)


def test_what_the_trigger_says_of_the_direction_stands(tell) -> None:
    told = tell("The state changed its asylum rules.", "changed", "policy_change", restrictiveness="no_change")
    assert policy_of(told.doc, told.candidate, (), ()).restrictiveness == "no_change"


@pytest.mark.parametrize(
    ("sentence", "trigger", "event_type", "instrument"),
    [
        ("The president signed an executive order on entry.", "signed", "policy_change", "executive_order"),
        ("They signed a memorandum of understanding.", "signed", "agreement", "memorandum_of_understanding"),
        ("A court blocked the plan.", "blocked", "court_ruling", "court_decision"),
        ("Parliament passed a law on asylum.", "passed", "policy_change", "law"),
    ],
)
def test_the_form_of_a_policy(tell, sentence: str, trigger: str, event_type: str, instrument: str) -> None:
    told = tell(sentence, trigger, event_type)
    assert policy_of(told.doc, told.candidate, (), ()).instrument == instrument


@pytest.mark.parametrize(
    ("nationalities", "origin"),
    [((("AFG",),), "AFG"), ((("AFG", "SYR"),), None), ((("AFG",), ("AFG",)), "AFG"), ((), None)],
)
def test_a_policy_aims_at_one_nationality_or_at_none_in_particular(tell, nationalities, origin: str | None) -> None:
    told = tell("Germany deported 30 men.", "deported", "return")
    targets = tuple(Actor(name="men", code="REF", sector="REF", nationalities=n) for n in nationalities)
    assert policy_of(told.doc, told.candidate, (), targets).target_origin == origin


WORDS = st.sampled_from(
    [
        "Germany",
        "deported",
        "the",
        "migrants",
        "asylum",
        "rules",
        "tightened",
        "ended",
        "scheme",
        "visa",
        "court",
        "law",
        "ban",
        "quota",
        "not",
        "lifted",
        "border",
        ",",
        ".",
        "to",
        "of",
    ]
)


@given(
    st.lists(WORDS, min_size=1, max_size=15).map(" ".join), st.sampled_from(sorted(vocabulary.allowed("event_type")))
)
def test_any_sentence_has_a_policy_of_known_terms_or_none(sentence: str, event_type: str) -> None:
    doc = next(iter(parse([sentence])))
    candidate = Candidate(event_type, None, "actual", 0, (0, 1), (), (), "test")
    policy = policy_of(doc, candidate, (), ())
    assert policy == policy_of(doc, candidate, (), ())
    if event_type not in rules().types:
        assert policy == Policy()
    for field in ("policy_area", "policy_tool", "target_group", "restrictiveness", "instrument"):
        value = getattr(policy, field)
        assert value is None or value in vocabulary.allowed(field)
