"""Places with names: a call by name or by address is at the same place, with its note."""

from dataclasses import replace
from datetime import timedelta

import pytest

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.call_filters import CallFilter
from caseapp.domain.encounters import EncounterDetails, StatedIdentity
from caseapp.domain.errors import StaleRecord
from caseapp.domain.named_places import NamedPlace, NameMissing, NameTaken, NameUnread
from caseapp.domain.place_notes import NoteEmpty, PlaceNote
from caseapp.domain.stated import person_as_stated
from tests.builders import NOW, TODAY, a_call, a_person, an_encounter, services_as

MISSION = NamedPlace(
    "Rescue Mission", ("The Mission", "men's shelter"), "1130 Park Ave W", "Denver", PlaceNote("shelter")
)
CAMP = NamedPlace(
    "River camp",
    ("Tent city",),
    "under the bridge at 5th & Oak",
    "",
    PlaceNote("camp", "Needles at the gate"),
)


def called(admin, *places, city=""):
    return [
        admin.calls.add(
            call=a_call(f"26-{city}{n}", place=place, city=city, received_at=NOW - timedelta(days=9 - n))
        )
        for n, place in enumerate(places)
    ]


def test_a_call_by_any_name_or_by_the_address_is_at_the_same_place(admin):
    admin.places.add_named(place=MISSION)
    *_before, last = called(
        admin,
        "RESCUE MISSION",
        "1130 PARK AVENUE WEST",
        "the mission",
        "1130 Park Ave W, Denver CO",
        "Mens Shelter",
        "1130 Park Ave W Apt 2",
        city="Denver",
    )
    found = admin.calls.open(call_id=last)
    assert [one.number for one in found.earlier_here] == [f"26-Denver{n}" for n in (4, 3, 2, 1, 0)]
    assert found.named_place.name == "Rescue Mission"
    elsewhere = admin.calls.add(call=a_call("26-9", place="the mission", city="Aurora", received_at=NOW))
    there = admin.calls.open(call_id=elsewhere)
    assert there.named_place is None and there.earlier_here == ()


def test_a_city_within_the_address_of_a_named_place_counts(admin):
    admin.places.add_named(place=replace(MISSION, where="1130 Park Ave W, Denver, CO", city=""))
    for city, name in (("Aurora", None), ("DENVER", "Rescue Mission"), ("", "Rescue Mission")):
        (call_id,) = called(admin, "1130 Park Ave W", city=city)
        named = admin.calls.open(call_id=call_id).named_place
        assert (named and named.name) == name


def test_a_call_by_name_shows_what_is_near_the_address_and_who_was_met_there_by_any_name(admin):
    admin.places.add_named(place=MISSION)
    near, by_address, last = called(admin, "1290 Park Ave W", "1130 Park Ave W", "the mission", city="Denver")
    for call_id in (near, by_address):
        looks = EncounterDetails(stated=StatedIdentity(description="grey coat"))
        met = admin.encounters.add(call_id=call_id, details=looks)
        admin.encounters.link_new(
            encounter_id=met, details=person_as_stated(looks.stated, is_named=False, place="", today=TODAY)
        )
    bench = admin.calls.open(call_id=last)
    assert [one.number for one in bench.nearby] == ["26-Denver0"]
    assert bench.unknown_here == 1 == len(admin.people.unknown(places=bench.spellings))
    assert len(admin.people.unknown()) == 2


def test_a_name_in_other_letters_is_kept_where_something_of_the_place_can_be_read(admin):
    for name in ("Дом надежды", "24/7"):
        with pytest.raises(NameUnread):
            admin.places.add_named(place=NamedPlace(name))
    admin.places.add_named(place=NamedPlace("Дом надежды", where="9 Elm St", city="Denver"))
    admin.places.add_named(place=NamedPlace("24/7", ("Open house",)))
    by_address, by_other = called(admin, "9 ELM STREET", "open house")
    assert admin.calls.open(call_id=by_address).named_place.name == "Дом надежды"
    assert admin.calls.open(call_id=by_other).named_place.name == "24/7"


def test_a_place_without_an_address_has_its_note_by_every_name(admin):
    admin.places.add_named(place=CAMP)
    by_name, by_other, by_words, across = called(
        admin, "River Camp", "TENT CITY", "under the bridge at Oak & 5th", "5th & Oak"
    )
    for call_id in (by_name, by_other, by_words):
        note = admin.calls.open(call_id=call_id).place_note
        assert (note.text, note.kind, note.noted_on) == ("Needles at the gate", "camp", TODAY)
    assert admin.calls.open(call_id=across).place_note.text == ""
    admin.places.put_note(place="tent city", city="", note=PlaceNote("camp", "Moved upstream", TODAY))
    assert admin.calls.open(call_id=by_name).place_note.text == "Moved upstream"
    assert [one.note.text for one in admin.places.named()] == ["Moved upstream"]


def test_a_note_at_an_address_stays_when_the_address_gets_a_name_and_when_it_loses_it(admin):
    (call_id,) = called(admin, "1130 Park Ave W", city="Denver")
    admin.places.put_note(place="1130 Park Avenue W", city="Denver", note=PlaceNote("", "Two dogs"))
    place_id = admin.places.add_named(place=MISSION)
    (named,) = admin.places.named()
    assert (named.note.text, named.note.kind) == ("Two dogs", "shelter")
    admin.places.take_name(place_id=place_id, version=named.version)
    bench = admin.calls.open(call_id=call_id)
    assert bench.named_place is None and bench.place_note.text == "Two dogs"
    assert admin.places.named() == []


@pytest.mark.parametrize(("where", "city"), [("", ""), ("", "Denver"), ("1130 Park Ave W, Denver, CO", "")])
def test_a_note_at_a_name_stays_there_when_the_name_is_taken_away(admin, where, city):
    noted, other = called(admin, "Rescue Mission", "RESCUE MISSION LOBBY", city="Denver")
    (no_city,) = called(admin, "the mission")
    (elsewhere,) = called(admin, "Rescue Mission house", city="Aurora")
    for place, at, text in (
        ("Rescue Mission", "Denver", "Man with a rifle"),
        ("The Mission", "", "Two dogs"),
    ):
        admin.places.put_note(place=place, city=at, note=PlaceNote("", text, TODAY))
    admin.places.add_named(place=NamedPlace("Rescue Mission", ("The Mission",), where, city))
    (named,) = admin.places.named()
    admin.places.take_name(place_id=named.id, version=named.version)
    assert admin.places.named() == []
    for call_id in (noted, other, no_city):
        note = admin.calls.open(call_id=call_id).place_note
        assert set(note.text.splitlines()) == {"Man with a rifle", "Two dogs"}
        assert (note.until, note.noted_on) == (TODAY, TODAY)
    assert admin.calls.open(call_id=elsewhere).place_note.text == ""
    (by_address,) = called(admin, "1130 Park Avenue W", city="DENVER ")
    assert bool(admin.calls.open(call_id=by_address).place_note.text) == bool(where)


def test_a_name_taken_away_leaves_nothing_at_another_place_of_that_name(admin):
    for city, text in (("Denver", "Man with a rifle"), ("Aurora", "Two dogs")):
        note = PlaceNote("shelter", text)
        admin.places.add_named(place=NamedPlace("Rescue Mission", city=city, note=note))
    denver, aurora, nowhere = (
        *called(admin, "Rescue Mission", city="Denver"),
        *called(admin, "Rescue Mission", city="Aurora"),
        *called(admin, "Rescue Mission"),
    )
    taken = next(one for one in admin.places.named() if one.city == "Denver")
    admin.places.take_name(place_id=taken.id, version=taken.version)
    told = [admin.calls.open(call_id=one).place_note.text for one in (denver, aurora, nowhere)]
    assert told == ["Man with a rifle", "Two dogs", "Two dogs"]


def test_notes_at_the_names_and_at_the_address_go_with_the_name_and_none_is_lost(admin):
    by_name, by_address, elsewhere = (
        *called(admin, "Rescue Mission", "1130 Park Ave W", city="Denver"),
        *called(admin, "Rescue Mission", city="Aurora"),
    )
    for place, city, text in (
        ("rescue mission", "Denver", "Man with a rifle"),
        ("1130 Park Avenue W", "Denver", "Two dogs"),
        ("The Mission", "", "Man"),
        ("Rescue Mission", "Aurora", "Closed"),
    ):
        admin.places.put_note(place=place, city=city, note=PlaceNote("", text))
    place_id = admin.places.add_named(place=replace(MISSION, note=PlaceNote("shelter", "Ring twice")))
    for call_id in (by_name, by_address):
        note = admin.calls.open(call_id=call_id).place_note
        assert note.text.splitlines()[0] == "Ring twice" and note.kind == "shelter"
        assert set(note.text.splitlines()[1:]) == {"Man with a rifle", "Two dogs", "Man"}
    assert admin.calls.open(call_id=elsewhere).place_note.text == "Closed"
    (named,) = admin.places.named()
    assert (named.id, named.note.noted_on) == (place_id, TODAY)


def test_a_named_place_that_moves_takes_in_the_note_that_stands_there(admin):
    admin.places.put_note(place="9 Elm Street", city="Denver", note=PlaceNote("home", "Two dogs", TODAY))
    admin.places.add_named(place=replace(MISSION, note=PlaceNote("shelter", "Ring twice")))
    (before,) = admin.places.named()
    admin.places.change_named(place=replace(before, where="9 Elm St"))
    (moved,) = admin.places.named()
    assert (moved.note.text, moved.note.until) == ("Ring twice\nTwo dogs", None)
    admin.places.change_named(place=replace(moved, note=PlaceNote("shelter", "Two dogs")))
    assert admin.places.named()[0].note.text == "Two dogs"


def test_refuses_no_name_a_name_that_is_taken_and_what_somebody_changed(signed_in, admin):
    with pytest.raises(NameMissing):
        admin.places.add_named(place=NamedPlace(" "))
    with pytest.raises(NoteEmpty):
        admin.places.add_named(place=NamedPlace("Camp", note=PlaceNote("", "", TODAY)))
    admin.places.add_named(place=MISSION)
    for other in (NamedPlace("the MISSION"), NamedPlace("Annex", where="1130 Park Avenue West, Denver")):
        with pytest.raises(NameTaken) as refused:
            admin.places.add_named(place=other)
        assert refused.value.values["name"] == "Rescue Mission"
    admin.places.add_named(place=replace(MISSION, where="9 Elm St", city="Aurora"))
    one = admin.places.named()[0]
    admin.places.change_named(place=replace(one, name="Mission House"))
    with pytest.raises(StaleRecord):
        admin.places.change_named(place=replace(one, name="Mission Home"))
    with pytest.raises(NotAllowed):
        services_as(signed_in, Role.AUDITOR).places.add_named(place=CAMP)


def test_places_of_one_name_in_two_cities_are_counted_apart_and_open_their_own_calls(admin):
    for city in ("Denver", "Aurora"):
        admin.places.add_named(
            place=replace(MISSION, city=city, where="1130 Park Ave W" * (city == "Denver"))
        )
    called(admin, "Rescue Mission", "1130 Park Ave W", "the mission", "9 Elm St", city="Denver")
    called(admin, *["Rescue Mission"] * 4, *["1130 Park Ave W"] * 3, "9 Elm St", city="Aurora")
    called(admin, "9 Elm Street", "9 ELM ST", *["rescue mission"] * 5)
    found = admin.repeat.page(days=30).places
    assert [(one.place, one.calls) for one in found] == [
        ("rescue mission", 5),
        ("Rescue Mission, Aurora", 4),
        ("1130 Park Ave W", 3),
        ("Rescue Mission, Denver", 3),
    ]
    for one in found:
        rows = admin.calls.page(where=CallFilter(places=one.spellings))
        assert len(rows) == one.calls


def test_a_call_without_a_city_is_at_neither_of_two_places_of_one_name(admin):
    for city in ("Denver", "Aurora"):
        note = PlaceNote("shelter", f"Gate code of {city}")
        admin.places.add_named(place=NamedPlace("Rescue Mission", (), "9 Elm St", city, note))
    nowhere, *within = called(admin, "Rescue Mission", "9 Elm St, Denver, CO")
    within += called(admin, "Rescue Mission", city="Denver")
    for call_id in within:
        assert admin.calls.open(call_id=call_id).place_note.text == "Gate code of Denver"
    bench = admin.calls.open(call_id=nowhere)
    assert bench.named_place is None and bench.place_note.text == ""
    admin.places.put_note(place="Rescue Mission", city="", note=PlaceNote("", "Which of them?"))
    aurora = next(one for one in admin.places.named() if one.city == "Aurora")
    admin.places.change_named(place=replace(aurora, other_names=("The Mission",)))
    assert admin.calls.open(call_id=nowhere).place_note.text == "Which of them?"
    assert {one.note.text for one in admin.places.named()} == {"Gate code of Denver", "Gate code of Aurora"}


def test_a_name_is_not_taken_in_another_city_that_only_the_address_tells(admin):
    admin.places.add_named(place=NamedPlace("Rescue Mission", city="Aurora"))
    admin.places.add_named(place=NamedPlace("Rescue Mission", where="1130 Park Ave W, Denver, CO"))
    assert len(admin.places.named()) == 2
    with pytest.raises(NameTaken):
        admin.places.add_named(place=NamedPlace("Rescue Mission", where="9 Elm St, Aurora, CO"))


def test_repeat_places_count_every_spelling_and_name_as_one(admin):
    admin.places.add_named(place=replace(MISSION, city=""))
    ids = called(admin, "RESCUE MISSION", "1130 Park Avenue West", "9 Elm St", "9 ELM STREET", "9 Elm St #4")
    person = admin.people.add(details=a_person())
    for call_id in ids:
        admin.encounters.add(call_id=call_id, details=an_encounter(), person_id=person)
    called(admin, "1130 PARK AVE W", city="x")
    assert [(one.place, one.calls, one.people) for one in admin.repeat.page(days=30).places] == [
        ("9 ELM STREET", 3, 1),
        ("Rescue Mission", 3, 1),
    ]
