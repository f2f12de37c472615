"""Contacts and notes by the keyboard alone: what was done, who was there, hostile words, two windows."""

from dataclasses import replace
from itertools import count

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from caseapp.domain.access import Role
from caseapp.domain.contacts import NOTE_PARTS, Channel, NoteForm
from caseapp.domain.people import ContactPoint, PointKind
from caseapp.domain.shorthand import When
from caseapp.ui.contacts.words import FORMS
from tests.builders import NOW, TODAY, a_person
from tests.journeys.by_keys import Keys, said, saving_to
from tests.ui.driving import unnamed, words

FAMILIES = (f"Journey{number}" for number in count(1))
HUSH = ContactPoint(PointKind.PHONE, "(541) 555-0177", owner="mother", do_not_mention_us=True)
RIGHT_TO_LEFT = "قال إنه سيأتي غدا \u202eabc\u202c שלום"
FAMILY = "👩‍👩‍👧‍👦 🧑🏽‍🚒 met at the 🏕️"


@pytest.fixture
def somebody(desks):
    """A new person with a phone of the mother's, on which we are not to be mentioned."""
    return desks.admin.people.add(details=a_person("Uma", next(FAMILIES), points=(HUSH,), birth=None))


def last(keys, person_id):
    return keys.services.contacts.same_as_last(person_id=person_id).details


def log(keys, person_id):
    keys.show("person", person_id)
    keys.press("Ctrl+L")
    return keys.window.contact_form


def test_an_attempt_is_no_contact_and_the_next_digit_makes_one(at_desk, somebody):
    keys = at_desk()
    keys.services.cases.open_case(person_id=somebody, opened_from="self")
    keys.services.follow_ups.schedule(
        person_id=somebody, what="Day 7", channel=Channel.PHONE, when=When(TODAY)
    )
    for digit, attempts, day in (("2", 1, None), ("3", 2, None), ("1", None, TODAY)):
        keys.show("cases")
        keys.screen.table.go_to(
            next(one for one in keys.screen.table.shown() if one.case.person_id == somebody)
        )
        keys.reach("Open cases")
        planned = keys.services.follow_ups.planned(person_id=somebody)
        keys.show("follow-ups")
        keys.screen.table.go_to(planned[0])
        keys.press("L", digit, "Ctrl+Return")
        planned = keys.services.follow_ups.planned(person_id=somebody)
        assert [one.attempts for one in planned] == ([attempts] if attempts else [])
        row = next(one for one in keys.services.cases.caseload() if one.case.person_id == somebody)
        assert row.last_contact_on == day, "only a contact counts as one"


def test_a_person_is_added_while_logging_after_a_look_at_who_it_may_be(desks, at_desk):
    known = desks.admin.people.add(details=a_person("Katherine", "Okafor-Lund", points=(), birth=None))
    keys = at_desk()
    keys.show("today")
    keys.press("Ctrl+L")
    keys.type("Kathy Okafor-Lund 541 555 0142")
    keys.press("Return")
    keys.reach("Katherine Okafor-Lund")
    keys.do("New person “Kathy Okafor-Lund”")
    made = keys.window.contact_form.who.ids
    assert len(made) == 1 and made != (known,)
    person = keys.services.people.many(person_ids=made)[0]
    assert person.display_name == "Kathy Okafor-Lund" and person.details.points[0].value.startswith("541")
    keys.press("Escape")


@pytest.mark.parametrize("form", NoteForm)
def test_a_contact_with_everything_in_it_and_the_same_again_today(desks, at_desk, somebody, form):
    keys = at_desk()
    shown = log(keys, somebody)
    keys.choose("How", "Phone")
    assert "(541) 555-0177 (mother): do not mention us" in words(shown), "at the moment of dialling"
    keys.reach("Outcome")
    keys.press("1")
    keys.fill(How="Visit", Minutes="40", Minutes_of_travel="15", When="yesterday 15", Note_form=FORMS[form])
    assert not any("do not mention us" in one for one in words(shown)), "nobody dials on a visit"
    keys.fill(Where="Camp by the river", Given="socks, water, naloxone")
    if form is NoteForm.PEER:
        keys.do("Written together")
    for part in NOTE_PARTS[form]:
        keys.reach(part)
        keys.type(f"{part} said")
    keys.press("Ctrl+Return")
    kept = last(keys, somebody)
    assert not shown.isVisible() and kept.note.parts == {part: f"{part} said" for part in NOTE_PARTS[form]}
    facts = (kept.channel, kept.minutes, kept.travel_minutes, kept.place, kept.items)
    assert facts == (Channel.VISIT, 40, 15, "Camp by the river", ("socks", "water", "naloxone"))
    assert kept.note.form is form and kept.note.written_together is (form is NoteForm.PEER)
    assert keys.services.contacts.same_as_last(person_id=somebody).is_late_entry is False
    log(keys, somebody)
    keys.press("Alt+S", "Ctrl+Return")
    again = last(keys, somebody)
    assert (again.channel, again.minutes, again.items) == (*facts[:2], facts[4])
    assert again.at == NOW and again.note.text == ""


def test_a_note_is_signed_locked_and_added_to_late(at_desk, somebody):
    keys = at_desk()
    log(keys, somebody)
    keys.press("1")
    keys.fill(When="-3d", Note_form="Plain", Note="Slept at the shelter.")
    keys.press("Ctrl+Return")
    contact = keys.services.contacts.same_as_last(person_id=somebody)
    keys.show("contact", contact.id)
    assert "late entry" in keys.words
    keys.press("Alt+G")
    assert "signed" in keys.words and not keys.screen.change.isVisible()
    keys.press("Alt+E")
    assert keys.screen.form is None, "a signed note is locked"
    keys.reach("Addendum")
    keys.type("It was the other shelter.")
    keys.do("Add addendum")
    assert "It was the other shelter." in keys.words
    keys.press("Ctrl+Shift+F")
    keys.type("other shelter")
    keys.qtbot.waitUntil(lambda: len(keys.screen.found.model.rows) == 1, timeout=10_000)
    keys.press("Return", "Return")
    assert keys.screen.name == "contact"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("word " * 2_000, "word " * 2_000),
        (RIGHT_TO_LEFT, RIGHT_TO_LEFT),
        (FAMILY, FAMILY),
        ("bell \x07 and null \x00 and escape \x1b[31m end", "bell  and null  and escape [31m end"),
        ("<b>bold</b> & =HYPERLINK(1)", "<b>bold</b> & =HYPERLINK(1)"),
    ],
    ids=["10,000 letters", "right to left", "emoji", "control characters", "markup"],
)
def test_hostile_words_are_pasted_kept_shown_found_and_printed(at_desk, somebody, tmp_path, pasted, kept):
    keys = at_desk()
    form = log(keys, somebody)
    keys.press("1")
    keys.fill(Note_form="Plain", Note="found by lanternfish ")
    data = QMimeData()
    data.setHtml(f"<h1 style='color:red; font-size:80pt'>{pasted}</h1><script>alert(1)</script>")
    data.setText(pasted)
    QApplication.clipboard().setMimeData(data)
    keys.press("Ctrl+V", "Ctrl+Return")
    QApplication.clipboard().clear()
    assert not form.isVisible(), form.problem.text()
    stored = last(keys, somebody).note.text
    assert stored == f"found by lanternfish {kept}".strip() or stored == f"found by lanternfish {kept}"
    keys.show("person", somebody)
    if len(kept) > 1_000:
        keys.do("Expand all")
    assert "".join(kept.split()) in "".join(keys.words.replace("\u2068", "").replace("\u2069", "").split())
    with saving_to(tmp_path / "note.pdf") as path:
        keys.do("Print notes")
    assert "lanternfish" in "".join(page.extract_text() for page in PdfReader(path).pages)
    found = [one.contact_id for one in keys.services.notes.find(words="lanternfish")]
    assert keys.services.contacts.same_as_last(person_id=somebody).id in found
    areas = [one for one in keys.window.findChildren(QScrollArea) if one.isVisible()]
    wider = [one.accessibleName() for one in areas if one.horizontalScrollBar().maximum()]
    assert len(areas) > 1 and wider == [], "every word stands within the width of its page"


def test_a_note_on_a_person_whom_somebody_just_restricted_is_refused_and_not_lost(desks, at_desk, somebody):
    keys = at_desk()
    form = log(keys, somebody)
    keys.press("1")
    keys.fill(Note_form="Plain", Note="what they told me")
    record = desks.admin.people.open(person_id=somebody).person
    desks.admin.people.change(
        person_id=somebody, details=replace(record.details, is_restricted=True), version=record.version
    )
    keys.press("Ctrl+Return")
    assert form.isVisible() and form.problem.text().endswith("."), "a sentence beside the words"
    assert form.notes.texts() == {"Note": "what they told me"}, "nothing typed is lost"
    assert desks.admin.contacts.same_as_last(person_id=somebody) is None
    assert keys.services.notes.find(words="told") == []
    keys.press("Escape")
    assert record.display_name not in [one.name for one in keys.services.today.page().drafts]


def test_two_windows_on_one_person_lose_neither_version(desks, at_desk, somebody, qtbot):
    keys = at_desk()
    sat = [keys, Keys(qtbot, desks.another(Role.SOCIAL_WORKER), keys.services)]
    for one in sat:
        one.show("new-person", somebody)
    for one, fields in zip(
        sat,
        (
            {"Pronouns": "she", "Usually found at": "library", "Description": "red coat"},
            {"Pronouns": "they", "Street name or alias": "Blue", "Description": "limps"},
        ),
        strict=True,
    ):
        hands = Keys(qtbot, one.window, one.services)
        hands.fill(**fields)
        hands.do("Save")
    qtbot.waitUntil(lambda: hands.screen.versions.clash is not None, timeout=10_000)
    for text in ("she", "they", "library", "Blue", "red coat", "limps"):
        assert text in words(hands.screen.versions.clash), text
    assert unnamed(hands.screen) == []
    hands.do("Pronouns: mine")
    hands.do("Take these")
    hands.do("Save")
    kept = keys.services.people.many(person_ids=(somebody,))[0].details
    assert (kept.pronouns, kept.places[0].text, kept.names[1].given) == ("they", "library", "Blue")
    assert "red coat" in kept.description and "limps" in kept.description


def test_two_windows_on_one_contact_lose_neither_version(desks, at_desk, somebody, qtbot):
    keys = at_desk()
    log(keys, somebody)
    keys.press("1")
    keys.fill(Where="Park", Note_form="Plain", Note="as both read it")
    keys.press("Ctrl+Return")
    contact_id = keys.services.contacts.same_as_last(person_id=somebody).id
    other = desks.another(Role.SOCIAL_WORKER)
    sat = {}
    for number, window in enumerate((keys.window, other)):
        sat[number] = Keys(qtbot, window, keys.services)
        sat[number].show("contact", contact_id)
        sat[number].press("Alt+E")
    for number, fields in enumerate(
        ({"Minutes": "25", "Note": "first says"}, {"Where": "Library", "Note": "second says"})
    ):
        hands = Keys(qtbot, (keys.window, other)[number], keys.services)
        hands.fill(**fields)
        hands.press("Ctrl+Return")
    qtbot.waitUntil(lambda: hands.screen.versions.clash is not None, timeout=10_000)
    assert all(words in hands.words for words in ("first says", "second says", "25", "Library", "Park"))
    assert unnamed(hands.screen) == []
    hands.do("Take these")
    hands.press("Ctrl+Return")
    stored = last(keys, somebody)
    assert (stored.minutes, stored.place) == (25, "Library")
    assert "first says" in stored.note.text and "second says" in stored.note.text


def two_windows(qtbot, desks, keys, place, subject):
    """Two windows of one person on one record, the second of which saves last."""
    sat = [keys, Keys(qtbot, desks.another(Role.SOCIAL_WORKER), keys.services)]
    for one in sat:
        one.show(place, subject)
    return sat


def at(qtbot, one):
    """The hands go to a window that was opened before."""
    return Keys(qtbot, one.window, one.services)


@pytest.mark.parametrize("again", [("Save", "Space"), ("Phone", "Return")], ids=["Save", "Enter"])
def test_a_second_save_keeps_what_only_the_other_window_changed(desks, at_desk, qtbot, again):
    spoken_of = replace(HUSH, do_not_mention_us=False)
    somebody = desks.admin.people.add(
        details=a_person("Uma", next(FAMILIES), points=(spoken_of,), birth=None)
    )
    first, second = two_windows(qtbot, desks, at_desk(), "new-person", somebody)
    first = at(qtbot, first)
    first.do("Do not mention us on this phone")
    first.do("Save")
    second = at(qtbot, second)
    second.fill(Pronouns="they", Usually_found_at="library")
    second.do("Save")
    qtbot.waitUntil(lambda: second.screen.versions.clash is not None, timeout=10_000)
    assert second.screen.form.hush.isChecked(), "what only they changed stands in the form at once"
    where, key = again
    second.reach(where)
    second.press(key)
    kept = second.services.people.many(person_ids=(somebody,))[0].details
    assert (kept.pronouns, kept.places[0].text) == ("they", "library")
    assert kept.points[0].do_not_mention_us, "the tick of the other window"


def a_clash_over_pronouns(qtbot, desks, keys, somebody):
    """The window that saved second, still asking, and a way to see what is on record."""
    first, second = two_windows(qtbot, desks, keys, "new-person", somebody)
    for one, pronouns in ((first, "she"), (second, "they")):
        hands = at(qtbot, one)
        hands.fill(Pronouns=pronouns)
        hands.do("Save")
    qtbot.waitUntil(lambda: hands.screen.versions.clash is not None, timeout=10_000)
    return hands, lambda: hands.services.people.many(person_ids=(somebody,))[0].details.pronouns


def test_a_field_that_both_changed_is_saved_only_as_somebody_chose(desks, at_desk, somebody, qtbot):
    hands, kept = a_clash_over_pronouns(qtbot, desks, at_desk(), somebody)

    for where, key in (("Phone", "Return"), ("Save", "Space"), ("Take these", "Space")):
        hands.reach(where)
        hands.press(key)
        assert kept() == "she", "nobody chose yet"
        assert "Both of you changed this: Pronouns. Choose what to keep" in hands.words
        assert said(hands.focus) == "Pronouns: mine"
    hands.press("Right", "Space")
    assert said(hands.focus) == "Pronouns: theirs"
    assert "Choose what to keep" not in hands.words
    assert hands.screen.form.pronouns.text() == "she"
    hands.fill(Pronouns="she or they")
    hands.reach("Pronouns: theirs")
    hands.press("Left", "Space")
    assert hands.screen.form.pronouns.text() == "she or they", "what was typed since is mine too"
    hands.do("Save")
    assert kept() == "she or they"


def test_tab_goes_through_two_versions_where_they_stand(desks, at_desk, somebody, qtbot):
    hands, _kept = a_clash_over_pronouns(qtbot, desks, at_desk(), somebody)
    hands.reach("Take these")
    named = []
    for _step in range(4):
        named.append(said(hands.focus))
        hands.press("Tab")
    assert named == ["Take these", "Pronouns: mine", "First name", "Last name"]
    hands.press(*["Shift+Tab"] * 4)
    assert said(hands.focus) == "Take these"


def test_starting_anew_takes_the_two_versions_away(desks, at_desk, somebody, qtbot):
    hands, kept = a_clash_over_pronouns(qtbot, desks, at_desk(), somebody)
    hands.show("today")
    hands.show("new-person", somebody)
    assert hands.screen.versions.clash is not None
    hands.do("Start anew")
    assert hands.screen.versions.clash is None and hands.screen.form.pronouns.text() == "she"
    assert "saved this while you typed" not in hands.words
    hands.fill(Pronouns="she or they")
    hands.do("Save")
    assert kept() == "she or they"


def test_a_draft_that_comes_back_keeps_what_was_saved_meanwhile(desks, at_desk, qtbot):
    spoken_of = replace(HUSH, do_not_mention_us=False)
    somebody = desks.admin.people.add(
        details=a_person("Uma", next(FAMILIES), points=(spoken_of,), birth=None)
    )
    first, second = two_windows(qtbot, desks, at_desk(), "new-person", somebody)
    second = at(qtbot, second)
    second.fill(Usually_found_at="library")
    second.show("today")
    first = at(qtbot, first)
    first.do("Do not mention us on this phone")
    first.do("Save")
    second = at(qtbot, second)
    second.show("new-person", somebody)
    assert second.screen.form.place.text() == "library" and second.screen.draft.bar.isVisible()
    second.do("Save")
    kept = second.services.people.many(person_ids=(somebody,))[0].details
    assert kept.places[0].text == "library" and kept.points[0].do_not_mention_us


def test_words_under_headings_that_only_the_other_window_has_are_kept(desks, at_desk, somebody, qtbot):
    keys = at_desk()
    log(keys, somebody)
    keys.press("1")
    keys.fill(Note_form="Plain", Note="as both read it")
    keys.press("Ctrl+Return")
    contact = keys.services.contacts.same_as_last(person_id=somebody)
    keys.show("contact", contact.id)
    keys.press("Alt+E")
    keys.fill(Note="second says")
    note = replace(contact.details.note, form=NoteForm.SOAP, parts={"Subjective": "first says"})
    keys.services.contacts.change(
        contact_id=contact.id,
        details=replace(contact.details, minutes=25, note=note),
        version=contact.version,
    )
    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: keys.screen.versions.clash is not None, timeout=10_000)
    keys.press("Ctrl+Return")
    stored = last(keys, somebody)
    assert stored.minutes == 25 and stored.note.form is NoteForm.SOAP
    assert "first says" in stored.note.text and "second says" in stored.note.text


def test_two_windows_that_say_the_same_are_told_so(desks, at_desk, somebody, qtbot):
    for one in two_windows(qtbot, desks, at_desk(), "new-person", somebody):
        hands = at(qtbot, one)
        hands.do("Race and ethnicity: Asian")
        hands.do("Save")
    qtbot.waitUntil(lambda: hands.screen.versions.clash is not None, timeout=10_000)
    assert "What they changed is not among these fields" in "".join(words(hands.screen.versions.clash))


def test_races_are_compared_by_their_names(desks, at_desk, somebody, qtbot):
    first, second = two_windows(qtbot, desks, at_desk(), "new-person", somebody)
    for one, race in ((first, "Asian"), (second, "White")):
        hands = at(qtbot, one)
        hands.do(f"Race and ethnicity: {race}")
        hands.do("Save")
    qtbot.waitUntil(lambda: hands.screen.versions.clash is not None, timeout=10_000)
    assert {"Asian", "White"} <= set(words(hands.screen.versions.clash))


def test_a_draft_of_a_field_that_somebody_changed_meanwhile_is_asked_for(desks, at_desk, somebody, qtbot):
    first, second = two_windows(qtbot, desks, at_desk(), "new-person", somebody)
    second = at(qtbot, second)
    second.fill(Pronouns="they")
    second.show("today")
    first = at(qtbot, first)
    first.fill(Pronouns="she", Usually_found_at="library")
    first.do("Save")
    second = at(qtbot, second)
    second.show("new-person", somebody)
    assert {"they", "she"} <= set(words(second.screen.versions.clash))
    second.do("Save")
    kept = second.services.people.many(person_ids=(somebody,))[0].details
    assert kept.pronouns == "she" and said(second.focus) == "Pronouns: mine"
    second.press("Space")
    second.do("Save")
    kept = second.services.people.many(person_ids=(somebody,))[0].details
    assert (kept.pronouns, kept.places[0].text) == ("they", "library")


def test_what_nobody_chose_is_asked_again_by_the_draft_that_comes_back(desks, at_desk, somebody, qtbot):
    hands, kept = a_clash_over_pronouns(qtbot, desks, at_desk(), somebody)

    for _time in range(2):
        hands.show("today")
        hands.show("new-person", somebody)
        assert hands.screen.form.pronouns.text() == "they", "nothing typed is lost"
        hands.do("Save")
        assert kept() == "she" and said(hands.focus) == "Pronouns: mine"
    hands.press("Space")
    hands.show("today")
    hands.show("new-person", somebody)
    hands.do("Save")
    assert kept() == "they", "it was chosen before the screen was left"


PHONE, OTHER_PHONE = {"Phone": "541-555-0101"}, {"Phone": "541-555-0199"}
LEAVE = "May leave a voicemail"


@pytest.mark.parametrize("is_draft", [True, False], ids=["draft", "clash"])
@pytest.mark.parametrize("who_ticks", [0, 1], ids=["they tick", "I tick"])
def test_a_leave_for_one_phone_never_goes_to_another_unasked(desks, at_desk, qtbot, who_ticks, is_draft):
    phone = ContactPoint(PointKind.PHONE, PHONE["Phone"])
    somebody = desks.admin.people.add(details=a_person("Uma", next(FAMILIES), points=(phone,), birth=None))
    sat = two_windows(qtbot, desks, at_desk(), "new-person", somebody)

    def change(number):
        hands = at(qtbot, sat[number])
        if number == who_ticks:
            hands.do(LEAVE)
        else:
            hands.fill(**OTHER_PHONE)
        return hands

    if is_draft:
        change(1).show("today")
    change(0).do("Save")
    second = at(qtbot, sat[1]) if is_draft else change(1)
    if is_draft:
        second.show("new-person", somebody)
    else:
        second.do("Save")
    qtbot.waitUntil(lambda: second.screen.versions.clash is not None, timeout=10_000)

    def kept():
        one = second.services.people.many(person_ids=(somebody,))[0].details.points[0]
        return one.value, one.may_voicemail

    theirs = kept()
    for _time in range(2):
        second.do("Save")
        assert kept() == theirs and said(second.focus) == f"{LEAVE}: mine"
        assert (
            f"Only one of you changed this, but what it holds for was changed too: {LEAVE}." in second.words
        )
        assert "Both of you" not in second.words
        second.show("today")
        second.show("new-person", somebody)
    assert second.screen.form.phone.text() == OTHER_PHONE["Phone"]
    second.reach(f"{LEAVE}: mine")
    second.press(*(("Right", "Space") if who_ticks else ("Space",)))
    second.do("Save")
    assert kept() == (OTHER_PHONE["Phone"], False)


def test_a_third_version_asks_again_for_what_nobody_chose(desks, at_desk, somebody, qtbot):
    keys = at_desk()
    keys.show("new-person", somebody)
    keys.fill(Pronouns="they", Usually_found_at="park")

    def somebody_saves(**changes):
        record = desks.admin.people.open(person_id=somebody).person
        details = replace(record.details, **changes)
        desks.admin.people.change(person_id=somebody, details=details, version=record.version)

    somebody_saves(pronouns="she")
    field = keys.reach("Phone")
    for _time in range(2):
        QTest.keyClick(field, Qt.Key.Key_Return)
    keys.settle()
    keys.do("Save")
    assert said(keys.focus) == "Pronouns: mine"
    keys.press("Space")
    somebody_saves(pronouns="she", description="red coat")
    keys.do("Save")
    keys.do("Save")
    kept = keys.services.people.many(person_ids=(somebody,))[0].details
    assert (kept.pronouns, kept.places[0].text, kept.description) == ("they", "park", "red coat")
