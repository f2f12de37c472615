"""What a record says since an instant, and the record without it and with it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.added_facts import AddedFact, Earlier, added_facts, taken_facts
from caseapp.domain.births import Birth
from caseapp.domain.code_words import CodeWords
from caseapp.domain.fact_words import fact_title, value_words
from caseapp.domain.given_facts import NothingLeft, given_away, put_back, received
from caseapp.domain.people import (
    Alert,
    ContactPoint,
    Identifier,
    LivingSituation,
    Name,
    NameKind,
    PersonDetails,
    PersonKind,
    PersonPlace,
    PointKind,
)
from caseapp.domain.relations import Relation

ID, START = UUID(int=1), datetime(2026, 11, 24, tzinfo=UTC)
FIRST = PersonDetails(
    names=(Name(NameKind.LEGAL, "James"), Name(NameKind.ALIAS, "Jim")),
    languages=("en",),
    pronouns="he",
    description="tall",
)

_field = st.sampled_from(["names", "languages", "pronouns", "description", "deceased_on", "gender"])
_edit = st.tuples(_field, st.integers(0, 3), st.integers(0, 5))


_loss = st.tuples(_field, st.integers(0, 3))


def without(details, field, place):
    """The record after one thing was taken away."""
    said = getattr(details, field)
    if isinstance(said, tuple):
        return replace(details, **{field: (*said[:place], *said[place + 1 :])})
    return replace(details, **{field: None if field == "deceased_on" else ""})


def edited(details, field, place, number=None):
    """The record after one thing was typed: put over what stands at a place, or behind everything."""
    if number is None:
        return without(details, field, place)
    made = {
        "names": Name(NameKind.ALIAS, f"name {number}"),
        "languages": f"language {number}",
        "deceased_on": date(2026, 1, 1 + number),
    }
    value = made.get(field, f"word {number}")
    said = getattr(details, field)
    if not isinstance(said, tuple):
        return replace(details, **{field: value})
    return (
        details if value in said else replace(details, **{field: (*said[:place], value, *said[place + 1 :])})
    )


def history(edits):
    stages = [FIRST]
    for one in edits:
        stages.append(edited(stages[-1], *one))
    changes = [
        Earlier(before, START + timedelta(minutes=number), f"writer {number}", number)
        for number, before in enumerate(stages[:-1])
    ]
    return stages[-1], changes


@given(st.lists(_edit, max_size=8))
def test_a_record_without_what_was_typed_is_what_it_was(edits):
    now, changes = history(edits)
    facts = added_facts(ID, now, changes)
    assert given_away(now, facts) == FIRST
    told = received(PersonDetails(), facts)
    for one in facts:
        said = getattr(told, one.field)
        assert one.value in said if isinstance(said, tuple) else one.value == said


@given(st.lists(st.one_of(_edit, _loss), max_size=8))
def test_a_record_without_what_was_typed_and_with_what_was_taken_is_what_it_was(edits):
    now, changes = history(edits)
    added, taken = added_facts(ID, now, changes), taken_facts(ID, now, changes)
    assert in_any_order(given_away(now, added, taken)) == in_any_order(FIRST)
    kept = put_back(now, taken)
    for one in (*added, *taken):
        said = getattr(kept, one.field)
        assert one.value in said if isinstance(said, tuple) else one.value == said


def in_any_order(details):
    """What is typed, taken away and typed again stands behind the place where it stood."""
    several = {name: frozenset(getattr(details, name)) for name in ("names", "languages")}
    return replace(details, **several)


def test_what_was_taken_comes_back_to_its_place():
    both = replace(FIRST, languages=("ar", "en", "es"))
    changes = [
        Earlier(both, START, "Ana", 1),
        Earlier(replace(both, languages=("en", "es")), START + timedelta(minutes=1), "Bo", 2),
    ]
    now = replace(both, names=FIRST.names[1:], languages=("en", "fr"))
    assert [(one.field, one.value, one.by) for one in taken_facts(ID, now, changes)] == [
        ("names", FIRST.names[0], "Bo"),
        ("languages", "ar", "Ana"),
    ]
    assert put_back(now, taken_facts(ID, now, changes)).languages == ("ar", "en", "fr")
    assert given_away(now, added_facts(ID, now, changes), taken_facts(ID, now, changes)) == both


def test_what_was_taken_and_typed_again_in_other_words_is_one_and_as_careful():
    phone = ContactPoint(PointKind.PHONE, "541 555 0142", do_not_mention_us=True)
    again = ContactPoint(PointKind.PHONE, "5415550142", may_text=True)
    first, gone = replace(FIRST, points=(phone,)), replace(FIRST, points=())
    now = replace(FIRST, points=(again,))
    changes = [Earlier(first, START, "Ana", 1), Earlier(gone, START + timedelta(minutes=1), "Bo", 2)]
    (point,) = put_back(now, taken_facts(ID, now, changes)).points
    assert (point.value, point.do_not_mention_us, point.may_text) == ("5415550142", True, False)
    assert given_away(now, added_facts(ID, now, changes), taken_facts(ID, now, changes)) == first


def test_what_was_taken_leaves_as_it_is_what_stood_beside_it_of_the_same_phone():
    sister = ContactPoint(PointKind.PHONE, "541 555 0142", owner="sister", may_text=True)
    mother = ContactPoint(PointKind.PHONE, "541 555 0142", owner="mother")
    both = replace(FIRST, points=(mother, sister))
    now = replace(FIRST, points=(sister,))
    assert put_back(now, taken_facts(ID, now, [Earlier(both, START, "Ana", 1)])) == both


@pytest.mark.parametrize("verb", ["person.unlink", "person.undo-unlink"])
def test_what_an_unlinking_gave_to_another_record_was_not_taken(verb):
    now = replace(FIRST, pronouns="")
    assert taken_facts(ID, now, [Earlier(FIRST, START, "Ana", 1, verb)]) == []


def test_what_the_undo_of_an_unlinking_took_again_is_still_taken():
    gone, verbs = replace(FIRST, pronouns=""), ("person.change", "person.unlink", "person.undo-unlink")
    changes = [
        Earlier(before, START, verb, 1, verb)
        for before, verb in zip((FIRST, gone, FIRST), verbs, strict=True)
    ]
    assert [(one.value, one.by) for one in taken_facts(ID, gone, changes)] == [("he", "person.change")]


def test_tells_who_typed_a_value_first():
    now, changes = history([("gender", 0, 1), ("gender", 0, 2), ("gender", 0, 1)])
    (fact,) = added_facts(ID, now, changes)
    assert (fact.value, fact.by, fact.at, fact.former) == ("word 1", "writer 0", START, "")


def test_a_name_makes_somebody_known_and_nobody_is_left_without_any_words():
    now, changes = history([("names", 0, 1)])
    (fact,) = added_facts(ID, now, changes)
    unknown = PersonDetails(kind=PersonKind.UNKNOWN, description="red parka")
    assert received(unknown, [fact]).kind is PersonKind.KNOWN
    only = replace(unknown, kind=PersonKind.KNOWN, names=(fact.value,))
    assert given_away(only, [replace(fact, former=None)]) == unknown
    with pytest.raises(NothingLeft):
        given_away(replace(only, description=" "), [replace(fact, former=None)])


JIM = PersonDetails(
    names=(Name(NameKind.LEGAL, "Jim", "Okafor"),),
    points=(ContactPoint(PointKind.PHONE, "541 555 0142", owner="sister", do_not_mention_us=True),),
    places=(PersonPlace("shelter", "Mission", date(2026, 1, 1), note="bed 9"),),
    relations=(Relation("sister", "Ana", note="on Sundays"),),
)


def told(**said):
    """Jim's record with what was written on another one."""
    facts = [AddedFact(ID, field, value, START, "Ana") for field, value in said.items()]
    return received(JIM, facts)


def test_of_what_a_record_says_already_no_word_is_lost():
    now = told(
        names=Name(NameKind.LEGAL, "jim", "okafor"),
        points=ContactPoint(PointKind.PHONE, "(541) 555-0142", may_text=True),
        places=PersonPlace("shelter", "mission"),
        relations=Relation("sister", "Ana", "541 555 0111"),
    )
    (sister,) = now.relations
    assert replace(now, relations=JIM.relations) == JIM
    assert (sister.phone, sister.note) == ("541 555 0111", "on Sundays")


def test_what_says_something_else_of_the_same_stands_beside_it_as_carefully():
    silent = Name(NameKind.ALIAS, "Jim", "Okafor", do_not_use=True)
    mother = ContactPoint(PointKind.PHONE, "5415550142", owner="mother", may_text=True)
    bed = PersonPlace("shelter", "Mission", note="bed 3")
    now = told(names=silent, points=mother, places=bed)
    assert now.places == (*JIM.places, bed)
    assert [(one.kind, one.do_not_use) for one in now.names] == [
        (NameKind.LEGAL, True),
        (NameKind.ALIAS, True),
    ]
    assert [(one.owner, one.do_not_mention_us, one.may_text) for one in now.points] == [
        ("sister", True, False),
        ("mother", True, False),
    ]


SAID = CodeWords("en", {"living_situation": {"116": "Sleeping outside"}, "language": {"es": "Spanish"}})
WORDS = {
    "names": (Name(NameKind.FORMER, "Jim", do_not_use=True), "Name", "Jim, do not use"),
    "points": (ContactPoint(PointKind.EMAIL, "a@b.org"), "E-mail", "a@b.org, leave no message"),
    "places": (
        PersonPlace("usually-found", "1 Elm St", from_on=date(2026, 3, 2)),
        "Place",
        "usually found, 1 Elm St, from 2 Mar 2026",
    ),
    "identifiers": (Identifier("HMIS", "7"), "Number", "HMIS, 7"),
    "alerts": (
        Alert("safety", "dog bites", expires_on=date(2026, 3, 2)),
        "Alert",
        "safety, dog bites, until 2 Mar 2026",
    ),
    "relations": (Relation("sister", "Ana", note="calls"), "Person close", "sister, Ana, calls"),
    "living": (
        LivingSituation("116", to_on=date(2026, 3, 2)),
        "Living situation",
        "Sleeping outside, until 2 Mar 2026",
    ),
    "veteran": ("unlisted", "Veteran", "unlisted"),
    "birth": (Birth(date(1976, 3, 2)), "Born", "2 Mar 1976"),
    "deceased_on": (date(2026, 1, 3), "Died", "3 Jan 2026"),
    "interpreter_needed": (True, "Interpreter needed", "yes"),
    "languages": ("es", "Language", "Spanish"),
}


@pytest.mark.parametrize("field", WORDS)
def test_says_every_fact_in_words(field):
    value, title, words = WORDS[field]
    is_several = isinstance(getattr(FIRST, field), tuple)
    now = replace(FIRST, **{field: (*getattr(FIRST, field), value) if is_several else value})
    (fact,) = added_facts(ID, now, [Earlier(FIRST, START, "Ana", 1)])
    assert (fact_title(fact), value_words(field, fact.value, SAID)) == (title, words)
