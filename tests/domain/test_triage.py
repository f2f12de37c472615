from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.calls import Model
from caseapp.domain.triage import (
    AlreadyDecided,
    Arrival,
    Ground,
    HoursOutOfRange,
    HoursUnreadable,
    ReasonMissing,
    Rules,
    State,
    check_reason,
    check_rules,
    check_waiting,
    clock_words,
    grounds,
    hours_of,
    queue,
)
from tests.builders import NOW


def an_arrival(**changes):
    values = {
        "encounter_id": UUID(int=1),
        "call_id": UUID(int=2),
        "person_id": None,
        "name": "x",
        "call_number": "1",
        "type_text": "",
        "place": "",
        "received_at": NOW - timedelta(hours=3),
        "follow_up_wished": "",
        "models": ("police-only",),
    }
    return Arrival(**{**values, **changes})


NARROW = Rules(models=frozenset({"alternative-response"}))


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, ()),
        ({"models": ()}, (Ground.MODEL,)),
        ({"models": ("police-only", "alternative-response")}, (Ground.MODEL,)),
        ({"follow_up_wished": "yes"}, (Ground.WISH,)),
        ({"follow_up_wished": "no"}, ()),
        ({"outcome": "shelter"}, (Ground.DISPOSITION,)),
        ({"calls_lately": 3}, (Ground.REPEAT,)),
        ({"calls_lately": 2}, ()),
        ({"is_unsafe": True, "calls_lately": 9}, (Ground.SAFETY, Ground.REPEAT)),
        ({"state": State.HANDED}, (Ground.HANDED,)),
        ({"state": State.TAKEN}, (Ground.HANDED,)),
    ],
)
def test_says_on_which_grounds_somebody_waits(changes, wanted):
    assert grounds(an_arrival(**changes), NARROW, repeat_threshold=3) == wanted


def test_a_rule_that_is_switched_off_is_no_ground():
    off = Rules(models=frozenset(), dispositions=frozenset(), wishes=frozenset(), repeat=False, safety=False)
    one = an_arrival(is_unsafe=True, calls_lately=9, outcome="shelter", follow_up_wished="yes")
    assert queue([one], off, repeat_threshold=3) == []


def test_grave_grounds_come_first_and_then_the_oldest_call():
    old, new = NOW - timedelta(hours=40), NOW - timedelta(hours=1)
    rows = [
        an_arrival(encounter_id=UUID(int=1), models=(), received_at=new),
        an_arrival(encounter_id=UUID(int=2), models=(), received_at=old),
        an_arrival(encounter_id=UUID(int=3), is_unsafe=True, received_at=new),
    ]
    order = [one.encounter_id.int for one in queue(rows, NARROW, repeat_threshold=3)]
    assert order == [3, 2, 1]


@given(
    st.builds(
        Rules,
        models=st.frozensets(st.sampled_from([one.value for one in Model])),
        wishes=st.frozensets(st.sampled_from(["yes", "unknown"])),
        repeat=st.booleans(),
        safety=st.booleans(),
        within_hours=st.integers(1, 400),
    )
)
def test_rules_come_back_as_they_were_kept(rules):
    assert Rules.of(rules.stored()) == rules
    check_rules(rules)


def test_refuses_rules_and_decisions_that_make_no_sense():
    with pytest.raises(HoursOutOfRange):
        check_rules(Rules(within_hours=0))
    with pytest.raises(ReasonMissing):
        check_reason("  ")
    for state in (State.CASE, State.MERGED, State.DECLINED, State.SEEN):
        with pytest.raises(AlreadyDecided):
            check_waiting(state)


@pytest.mark.parametrize(
    ("waits", "words"),
    [
        (timedelta(minutes=-5), "0 min"),
        (timedelta(minutes=40), "40 min"),
        (timedelta(hours=7, minutes=59), "7 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_the_clock_is_said_in_words(waits, words):
    assert clock_words(waits) == words


@pytest.mark.parametrize(("text", "hours"), [("48", 48), (" 0 ", 0), ("007", 7)])
def test_hours_are_read_as_they_are_typed(text, hours):
    assert hours_of(text) == hours


@pytest.mark.parametrize("text", ["", " ", "4.5", "-1", "two", "1 2", "\u00b2", "\u0664"])
def test_refuses_hours_that_are_no_whole_number(text):
    with pytest.raises(HoursUnreadable):
        hours_of(text)
