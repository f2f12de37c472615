"""One place in many spellings: earlier calls here and near, and the note that responders see."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.place_notes import NoPlace, NoteEmpty, PlaceNote
from caseapp.domain.places import beginnings, is_near, read_place
from tests.builders import NOW, TODAY, a_call
from tests.ui.driving import a_desk, click, settle, unnamed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1200 W. 11th Avenue", "1200 w 11TH AVE"),
        ("1200 Oak Street Apt 4", "1200 OAK ST #4"),
        ("007XX S Dupre St", "700 block of South Dupre Street"),
        ("12XX OAK ST", "1200 BLK OAK ST"),
        ("Oak St & 5th Ave", "FIFTH AVENUE / OAK STREET"),
        ("Station Plaza", "STATION PLZ"),
        ("Oak St & 5th Ave", "Corner of 5th Ave and Oak St, Denver"),
        ("1200 Oak St", "near 1200 Oak St"),
        ("12XX Oak St", "Across from 1200 block of Oak St"),
        ("Walmart, 1200 Oak St", "WALMART 1200 OAK STREET APT 4"),
        ("Near 1200 Oak St", "behind 1200 OAK ST"),
    ],
)
def test_spellings_of_one_place_meet(one, other):
    first, second = read_place(one), read_place(other)
    assert first.key == second.key
    assert any(start <= other < end or start <= other.upper() < end for start, end in beginnings(one))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("1200 Oak St", "1390 Oak St", True),
        ("1200 Oak St", "1200 Oak St", False),
        ("1200 Oak St", "1500 Oak St", False),
        ("1200 Oak St", "1200 Elm St", False),
        ("1200 Oak St", "12XX Oak Street", True),
    ],
)
def test_two_blocks_on_the_same_street_are_near(one, other, near):
    assert is_near(read_place(one), read_place(other)) is near


@settings(max_examples=80)
@given(st.text(max_size=30))
def test_reads_whatever_stands_there(text):
    address = read_place(text)
    assert address is None or (address.key and read_place(address.key) is not None)
    assert all(first < last for first, last in beginnings(text))


def calls_at(admin, *places):
    return [
        admin.calls.add(call=a_call(f"26-{n}", place=place, received_at=NOW - timedelta(days=9 - n)))
        for n, place in enumerate(places)
    ]


def test_a_call_shows_what_happened_here_in_any_spelling_and_near(admin):
    *_before, last = calls_at(admin, "1200 OAK STREET", "1390 Oak St", "77 Elm St", "1200 Oak St Apt 3")
    found = admin.calls.open(call_id=last)
    assert [one.number for one in found.earlier_here] == ["26-0"]
    assert [one.number for one in found.nearby] == ["26-1"]


def test_an_address_that_two_cities_have_shows_the_calls_of_its_own(admin):
    for n, city in enumerate(("Denver", "Aurora", "", "DENVER", "Denver")):
        at = NOW - timedelta(days=9 - n)
        last = admin.calls.add(call=a_call(f"26-{n}", place="1200 Oak St", city=city, received_at=at))
    found = admin.calls.open(call_id=last)
    assert [one.number for one in found.earlier_here] == ["26-3", "26-2", "26-0"]


def test_opening_a_call_reads_no_address_of_another_street(admin):
    *_others, last = calls_at(admin, *(f"12{n:02d} Elm St, Denver" for n in range(8)), "1200 Oak St, Denver")
    read_place.cache_clear()
    assert admin.calls.open(call_id=last).earlier_here == ()
    assert read_place.cache_info().misses <= 3


def test_a_note_stands_for_every_spelling_until_its_last_day(admin):
    first, second = calls_at(admin, "1200 OAK STREET", "1200 Oak St")
    admin.places.put_note(place="1200 Oak St", city="", note=PlaceNote("home", "Two dogs", TODAY))
    note = admin.calls.open(call_id=first).place_note
    assert (note.text, note.holds_on(TODAY), note.holds_on(TODAY + timedelta(days=1))) == (
        "Two dogs",
        True,
        False,
    )
    assert admin.calls.open(call_id=second).place_note == note
    with pytest.raises(NoPlace):
        admin.places.put_note(place=" ", city="", note=PlaceNote("", "x"))
    with pytest.raises(NoteEmpty):
        admin.places.put_note(place="1200 Oak St", city="", note=PlaceNote("", "", TODAY))


def test_a_note_is_written_on_the_call_with_undo(qtbot, admin):
    (call_id,) = calls_at(admin, "1200 OAK STREET")
    desk = a_desk(qtbot, admin)
    desk.show_place("calls", call_id)
    settle(qtbot, desk)
    part = desk.current.parts.place
    click(qtbot, desk, "Safety note: Earlier at this place")
    assert unnamed(part) == []
    part.form.field("until").setText("whenever")
    part.form.field("note").setPlainText("Two dogs")
    part.save()
    assert part.form.field("until").accessibleDescription()
    part.form.field("until").setText("")
    part.save()
    settle(qtbot, desk)
    assert admin.calls.open(call_id=call_id).place_note.text == "Two dogs"
    desk.banner.undo()
    settle(qtbot, desk)
    assert admin.calls.open(call_id=call_id).place_note.text == ""
    desk.close()
