from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caseapp.domain import person_edits, relations
from caseapp.domain.people import (
    MAIL,
    ContactPoint,
    DescriptionMissing,
    NameMissing,
    PersonKind,
    PersonPlace,
    PointKind,
    check,
    emergency_contact,
    mail_place,
    main_phone,
    usual_place,
)
from caseapp.domain.person_edits import NamedAlready
from caseapp.domain.relations import EMERGENCY_CONTACT, Relation, RelationChanged, RelativeNameMissing
from tests.builders import TODAY, a_person

words = st.sampled_from(["", "Ada Okafor", "12 Oak Street"])
some = st.sampled_from(["Ada Okafor", "12 Oak Street"])
people = st.builds(
    a_person,
    points=st.lists(
        st.builds(
            ContactPoint,
            st.sampled_from(list(PointKind)),
            some,
            owner=words,
            may_voicemail=st.booleans(),
            may_text=st.booleans(),
            do_not_mention_us=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    places=st.lists(
        st.builds(
            PersonPlace,
            st.sampled_from(["usually-found", "home", MAIL]),
            some,
            to_on=st.sampled_from([None, TODAY, TODAY + timedelta(days=1)]),
        ),
        max_size=4,
    ).map(tuple),
    relations=st.lists(
        st.builds(
            Relation,
            st.sampled_from([EMERGENCY_CONTACT, "family"]),
            some,
            words,
            st.sampled_from([None, UUID(int=7)]),
            words,
        ),
        max_size=4,
    ).map(tuple),
)


def saved(before, *, phone, place, mail, near, near_phone):
    shown = main_phone(before)
    return replace(
        before,
        points=person_edits.points(
            before,
            phone,
            may_voicemail=bool(shown and shown.may_voicemail),
            do_not_mention_us=bool(shown and shown.do_not_mention_us),
        ),
        places=person_edits.places(before, place, mail, today=TODAY),
        relations=person_edits.relations(before, near, near_phone),
    )


def shown(details):
    phone, near = main_phone(details), emergency_contact(details)
    return {
        "phone": phone.value if phone else "",
        "place": usual_place(details, TODAY),
        "mail": mail_place(details, TODAY),
        "near": near.name if near else "",
        "near_phone": near.phone if near else "",
    }


def sorted_by_repr(*values):
    return sorted(values, key=repr)


@given(before=people)
def test_a_form_saved_as_it_was_shown_loses_and_adds_nothing(before):
    after = saved(before, **shown(before))
    for name in ("points", "places", "relations"):
        assert sorted_by_repr(*getattr(after, name)) == sorted_by_repr(*getattr(before, name))
    assert after.places == before.places


@given(before=people, phone=some, place=some, mail=some, near=some, near_phone=words)
def test_what_is_typed_is_shown_again(before, **typed):
    assert shown(saved(before, **typed)) == typed


@given(before=people, phone=words, place=words, mail=words, near=words, near_phone=words)
def test_what_the_form_does_not_show_stays(before, **typed):
    assume(typed["near"] or not typed["near_phone"])
    after = saved(before, **typed)
    for name, hidden in (
        ("points", [one for one in before.points if one is not main_phone(before)]),
        (
            "places",
            [
                one
                for one in before.places
                if one not in before.places_on(TODAY)
                or one.text not in (usual_place(before, TODAY), mail_place(before, TODAY))
            ],
        ),
        ("relations", [one for one in before.relations if one is not emergency_contact(before)]),
    ):
        assert all(one in getattr(after, name) for one in hidden)


def test_a_place_that_was_left_is_neither_shown_nor_written_over():
    left = (PersonPlace("home", "12 Oak Street", to_on=TODAY), PersonPlace(MAIL, "PO Box 5", to_on=TODAY))
    before = a_person(places=left)
    assert (shown(before)["place"], shown(before)["mail"]) == ("", "")
    after = saved(before, **{**shown(before), "place": "Mill shelter", "mail": "12 Elm Street"})
    assert (shown(after)["place"], shown(after)["mail"]) == ("Mill shelter", "12 Elm Street")
    assert set(left) < set(after.places)


@given(before=people)
def test_somebody_with_a_record_of_their_own_is_not_the_one_in_the_form(before):
    after = person_edits.relations(before, "", "")
    assert [one for one in after if one.other_person_id] == [
        one for one in before.relations if one.other_person_id
    ]


def test_a_note_stays_with_the_name_it_was_written_about():
    said = Relation(EMERGENCY_CONTACT, "Ada Okafor", "(541) 555-0143", note="after five")
    before = a_person(relations=(said,))
    assert person_edits.relations(before, "Ada Okafor", "(541) 555-0100")[0].note == "after five"
    assert person_edits.relations(before, "Bea Okafor", "(541) 555-0100")[0].note == ""


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\u202e\x00"])
def test_a_phone_of_nobody_is_refused_wherever_it_is_typed(name):
    with pytest.raises(RelativeNameMissing):
        person_edits.relations(a_person(), name, "(541) 555-0143")
    with pytest.raises(RelativeNameMissing):
        relations.check_relation(Relation("friend", name, note="knows where he sleeps"))


def test_who_is_close_is_written_without_blanks_around_the_words():
    said = relations.check_relation(Relation("friend", " Bo ", " 555-0100\n", note=" nights "))
    assert said == Relation("friend", "Bo", "555-0100", note="nights")


@given(before=people, place=st.integers(0, 5), said=some, phone=words)
def test_each_step_taken_back_leaves_what_was(before, place, said, phone):
    stored, new = before.relations, Relation("guardian", said, phone)
    added = relations.rewritten(stored, None, new, place=place)
    assert relations.rewritten(added, new, None, place=place) == stored
    for at, one in enumerate(stored):
        if one not in stored[:at]:
            changed = relations.rewritten(stored, one, new, place=at)
            assert relations.rewritten(changed, new, one, place=at) == stored
            taken = relations.rewritten(stored, one, None, place=at)
            assert len(taken) == len(stored) - 1
            assert relations.rewritten(taken, None, one, place=at) == stored


@given(before=people)
def test_what_does_not_stand_there_is_neither_changed_nor_taken_off(before):
    gone = Relation("guardian", "Ada Okafor")
    with pytest.raises(RelationChanged):
        relations.rewritten(before.relations, gone, None, place=0)


def test_the_same_is_said_once_and_another_phone_is_something_else():
    said = Relation("family", "Ana", "(541) 555-0143")
    with pytest.raises(NamedAlready):
        person_edits.check_new(replace(said, name="ANA", phone="541 555 0143"), [said])
    person_edits.check_new(replace(said, phone="541 555 0144"), [said])
    person_edits.check_new(replace(said, kind=EMERGENCY_CONTACT), [said])


@pytest.mark.parametrize("text", ["\u200b", "\u202e \u2066", "\x00"])
def test_a_name_or_description_that_nobody_can_see_is_none(text):
    with pytest.raises(NameMissing):
        check(a_person(text, text), today=TODAY)
    with pytest.raises(DescriptionMissing):
        check(a_person(kind=PersonKind.UNKNOWN, names=(), description=text), today=TODAY)


@pytest.mark.parametrize("text", ["...", "?", "-", "😀", "_", "’"])
def test_a_name_by_which_nobody_is_found_is_none(text):
    with pytest.raises(NameMissing):
        check(a_person(text, text), today=TODAY)
    check(a_person(text, "Li"), today=TODAY)
    check(a_person("李", ""), today=TODAY)
    check(a_person(kind=PersonKind.UNKNOWN, names=(), description="😀"), today=TODAY)
