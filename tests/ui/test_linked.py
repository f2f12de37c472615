"""Linked records on the screen of a person, taking the link back, and who an unknown person is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollArea

from caseapp.domain.access import Role
from caseapp.domain.contacts import Outcome
from caseapp.domain.people import ContactPoint, Name, NameKind, PersonKind, PersonPlace, PointKind
from caseapp.ui.people.identify_panel import IdentifyPanel
from caseapp.ui.people.links import Pair
from tests.builders import TODAY, a_call, a_contact, a_person, an_encounter, services_as
from tests.ui.driving import buttons, click, settle, unnamed, words


@pytest.fixture
def pair(worker):
    james = worker.people.add(details=a_person())
    jim = worker.people.add(
        details=a_person("Jim", points=(ContactPoint(PointKind.PHONE, "541 555 0177"),), comes_with="a dog")
    )
    worker.contacts.log(details=a_contact(jim))
    worker.links.link(left_id=james, right_id=jim, reason="review", evidence=("same birth date",))
    return james, jim


def test_a_place_that_was_left_or_is_for_mail_tells_nobody_apart(qtbot, window, worker):
    left = PersonPlace("home", "Old Mill shelter", to_on=TODAY - timedelta(days=9))
    places = (left, PersonPlace("mail", "12 Oak Street"), PersonPlace("camp", "Birch & 9th"))
    pair = [worker.people.add(details=a_person(name, places=places)) for name in ("James", "Jim")]
    worker.links.link(left_id=pair[0], right_id=pair[1], reason="review")
    screen = show(qtbot, window, "parting", Pair(*pair))
    shown = " ".join(words(screen.sides[0]))
    assert "Birch & 9th" in shown and "Old Mill" not in shown and "Oak Street" not in shown


@pytest.fixture
def unknown(worker):
    details = a_person(
        kind=PersonKind.UNKNOWN, names=(), description="man, about 50, red parka", points=(), birth=None
    )
    person_id = worker.people.add(details=details)
    call = worker.calls.add(call=a_call())
    worker.encounters.add(call_id=call, details=an_encounter(), person_id=person_id)
    return person_id


def show(qtbot, window, place, subject):
    window.show_place(place, subject)
    settle(qtbot, window)
    return window.current


@pytest.mark.parametrize("opened", [0, 1])
def test_shows_one_person_with_the_origin_of_each_value(qtbot, window, pair, opened):
    screen = show(qtbot, window, "person", pair[opened])
    said = " | ".join(words(screen))
    assert "One person, linked records" in said and "2 linked records" in said
    assert (
        "(541) 555-0142\nmay leave voicemail\nrecord" in said
        and "541 555 0177\nleave no message\nrecord" in said
    )
    assert (
        "same birth date" in said
        and len([one for one in words(screen) if one in ("record 1", "record 2")]) == 1
    )
    assert unnamed(screen) == []


def test_the_timeline_shows_every_entry_whole_with_large_letters(qtbot, window, worker, pair):
    logged = worker.contacts.log(details=a_contact(pair[1], is_substance_use=True))
    worker.contacts.log(details=a_contact(pair[0]))
    look = window.desk.look
    window.resize(1366, 768)
    try:
        look.choose(QApplication.instance(), percent=150)
        screen = show(qtbot, window, "person", pair[0])
        area = next(one for one in screen.timeline.findChildren(QScrollArea) if one.isVisible())
        assert area.widget().width() <= area.viewport().width()
        assert {"record 1", "record 2", "substance use"} <= set(words(area))
    finally:
        look.choose(QApplication.instance(), percent=100)
    assert logged.contact_id in {one.record_id for one in screen.record.timeline}


def test_unlinks_at_once_where_nothing_new_was_written_and_links_again_by_undo(qtbot, window, worker, pair):
    screen = show(qtbot, window, "person", pair[0])
    click(qtbot, window, "Unlink records 1 and 2")
    assert window.current.name == "parting" and not window.current._choices
    assert QApplication.focusWidget() is window.current.go
    assert unnamed(window.current) == []
    click(qtbot, window, "Unlink")
    assert window.current is screen and not screen.record.linked
    window.banner.undo()
    settle(qtbot, window)
    assert screen.record.linked and worker.people.open(person_id=pair[1]).linked


def test_asks_whose_a_new_entry_is_and_gives_it_there(qtbot, window, worker, pair):
    worker.context.now.at = worker.context.now.at.replace(minute=30)
    new = worker.contacts.log(details=a_contact(pair[0])).contact_id
    screen = show(qtbot, window, "parting", Pair(*pair))
    assert any(one.startswith("Social-Worker: <b>O'Brien</b>") for one in words(screen))
    choice = screen._choices[new]
    assert choice.currentText() == "Record 1: James Okafor"
    choice.setCurrentIndex(choice.findText("Record 2: Jim Okafor"))
    click(qtbot, window, "Unlink")
    assert [len(worker.people.open(person_id=one).timeline) for one in pair] == [0, 2]


def test_asks_whose_a_new_fact_is_gives_it_there_and_takes_all_back(qtbot, window, worker, pair):
    worker.context.now.at = worker.context.now.at.replace(minute=30)
    person = worker.people.open(person_id=pair[0]).person
    phone = replace(person.details.points[0], value="541 555 0190", may_voicemail=False)
    told = replace(person.details, points=(phone,), races=("asian",))
    worker.people.change(person_id=pair[0], details=told, version=person.version)
    screen = show(qtbot, window, "parting", Pair(*pair))
    said, (number, race) = words(screen), screen._choices.values()
    assert "Phone: 541 555 0190, leave no message" in said
    assert "Social-Worker: written instead of (541) 555-0142, may leave voicemail" in said
    assert race.accessibleName() == "Whose is Race and ethnicity: Asian"
    assert number.currentText() == race.currentText() == "Record 1: James Okafor"
    assert unnamed(screen) == []
    number.setCurrentIndex(number.findText("Record 2: Jim Okafor"))
    click(qtbot, window, "Unlink")

    def phones():
        found = [worker.people.open(person_id=one).person.details.points for one in pair]
        return [[point.value for point in one] for one in found]

    assert phones() == [["(541) 555-0142"], ["541 555 0177", "541 555 0190"]]
    assert worker.people.open(person_id=pair[0]).person.details.races == ("asian",)
    window.banner.undo()
    settle(qtbot, window)
    assert phones() == [["541 555 0190"], ["541 555 0177"]] and window.current.record.linked


def test_asks_what_becomes_of_a_fact_that_was_taken_away_and_puts_it_back_unless_told(
    qtbot, window, worker, pair
):
    worker.context.now.at = worker.context.now.at.replace(minute=30)
    person = worker.people.open(person_id=pair[1]).person
    told = replace(person.details, points=(), comes_with="")
    worker.people.change(person_id=pair[1], details=told, version=person.version)
    screen = show(qtbot, window, "parting", Pair(*pair))
    said, (dog, phone) = words(screen), screen._choices.values()
    assert (
        "Phone taken away: 541 555 0177, leave no message" in said and "Comes with taken away: a dog" in said
    )
    assert phone.accessibleName() == "Where to Phone taken away: 541 555 0177, leave no message"
    assert [dog.itemText(0), dog.itemText(1)] == ["Back to record 2: Jim Okafor", "Stays away"]
    assert unnamed(screen) == []
    dog.setCurrentIndex(1)
    screen.refresh()
    settle(qtbot, window)
    click(qtbot, window, "Unlink")
    now = worker.people.open(person_id=pair[1]).person.details
    assert ([one.value for one in now.points], now.comes_with) == (["541 555 0177"], "")
    window.banner.undo()
    settle(qtbot, window)
    assert worker.people.open(person_id=pair[1]).person.details.points == ()


def test_keeps_what_was_chosen_where_somebody_wrote_meanwhile_and_asks_about_that_too(
    qtbot, window, worker, pair
):
    def tell(**said):
        person = worker.people.open(person_id=pair[0]).person
        told = replace(person.details, **said)
        worker.people.change(person_id=pair[0], details=told, version=person.version)

    worker.context.now.at = worker.context.now.at.replace(minute=30)
    tell(pronouns="he", comes_with="a cat")
    screen = show(qtbot, window, "parting", Pair(*pair))
    assert "Social-Worker: Jim Okafor loses a dog if it goes there" in words(screen)
    first = screen._choices[next(key for key in screen._choices if key.field == "pronouns")]
    first.setCurrentIndex(1)
    tell(gender="man")
    click(qtbot, window, "Unlink")
    assert window.current is screen and "Somebody wrote on these records" in window.banner.words.text()
    chosen = {key.field: choice.currentIndex() for key, choice in screen._choices.items()}
    assert chosen == {"pronouns": 1, "comes_with": 0, "gender": 0}
    click(qtbot, window, "Unlink")
    assert worker.people.open(person_id=pair[1]).person.details.pronouns == "he"


def test_shows_every_question_in_a_small_window_whatever_is_written(qtbot, window, worker, pair):
    worker.context.now.at = worker.context.now.at.replace(minute=30)
    person = worker.people.open(person_id=pair[0]).person
    endless = Name(NameKind.CHOSEN, "X" * 10_000)
    told = replace(person.details, names=(*person.details.names, endless), description="W" * 10_000)
    worker.people.change(person_id=pair[0], details=told, version=person.version)
    window.resize(683, 384)
    screen = show(qtbot, window, "parting", Pair(*pair))
    for area in (one for one in window.findChildren(QScrollArea) if one.isVisible()):
        assert area.widget().width() <= area.viewport().width(), area.accessibleName()
    for _step in screen._choices:
        while window.focusWidget() not in screen._choices.values():
            qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        choice = window.focusWidget()
        assert choice.visibleRegion().boundingRect().height() == choice.height()
        qtbot.keyClick(choice, Qt.Key.Key_Down)
        qtbot.keyClick(choice, Qt.Key.Key_Tab)
    assert [one.currentIndex() for one in screen._choices.values()] == [1, 1]


def test_scrolls_on_the_ground_of_the_theme_that_is_chosen_later(qtbot, window, worker, pair):
    screen, look = show(qtbot, window, "parting", Pair(*pair)), window.desk.look
    area = next(one for one in screen.findChildren(QScrollArea) if one.isVisible())
    try:
        look.choose(QApplication.instance(), theme="dark")
        settle(qtbot, window)
        shown = area.viewport().grab().toImage().pixelColor(2, 2)
        assert shown.name() == QColor(look.theme.roles["panel"]).name()
    finally:
        look.choose(QApplication.instance(), theme="light")


def test_lets_the_wheel_choose_nobody(qtbot, window, worker, pair):
    worker.context.now.at = worker.context.now.at.replace(minute=30)
    worker.contacts.log(details=a_contact(pair[0]))
    (choice,) = show(qtbot, window, "parting", Pair(*pair))._choices.values()
    middle = QPointF(choice.rect().center())
    rolled = QWheelEvent(
        middle,
        QPointF(choice.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, rolled)
    assert choice.currentIndex() == 0


def test_tells_two_of_one_name_apart_by_the_numbers_of_their_records(qtbot, window, worker):
    pair = tuple(worker.people.add(details=a_person()) for _twice in "ab")
    worker.links.link(left_id=pair[0], right_id=pair[1], reason="review")
    worker.context.now.at = worker.context.now.at.replace(minute=30)
    worker.contacts.log(details=a_contact(pair[0]))
    screen = show(qtbot, window, "parting", Pair(*pair))
    (choice,) = screen._choices.values()
    offered = [choice.itemText(number) for number in range(choice.count())]
    assert offered == ["Record 1: James Okafor", "Record 2: James Okafor"]
    assert [side.title.text() for side in screen.sides] == offered


def test_shows_who_was_judged_not_to_be_the_same_and_takes_it_back(qtbot, window, worker, signed_in, pair):
    other = worker.people.add(details=a_person("Jay", "Okafor"))
    worker.links.judge_different(left_id=pair[1], right_id=other, reason="met both")
    for opened in (pair[0], other):
        said = words(show(qtbot, window, "person", opened))
        assert "Not the same person" in said and "Reason: met both\nToday 09:00, Social-Worker" in said
        assert unnamed(window.current) == []
    click(qtbot, window, "Take back that James Okafor is not the same person")
    assert "Not the same person" not in words(window.current)
    worker.links.link(left_id=pair[0], right_id=other, reason="same after all")
    worker.links.unlink(left_id=pair[0], right_id=other)
    window.banner.undo()
    settle(qtbot, window)
    assert "Not the same person" in words(window.current)


def test_shows_what_was_seen_and_the_reason_that_was_written(qtbot, window, worker, pair):
    other = worker.people.add(details=a_person("Jay", "Okafor"))
    said = words(show(qtbot, window, "person", pair[0]))
    assert any(one.startswith("Records 1 and 2: same birth date; review\n") for one in said)
    worker.links.judge_different(
        left_id=pair[0], right_id=other, reason="twins, met both", evidence=("same birth date", "same phone")
    )
    said = words(show(qtbot, window, "person", other))
    seen = "Seen then: Same birth date. Same phone.\nReason: twins, met both\nToday 09:00, Social-Worker"
    assert seen in said


def test_names_nobody_sealed_beside_whom_they_are_not(worker, signed_in, pair):
    sealed = worker.people.add(details=a_person("Jay", "Okafor", is_restricted=True))
    worker.links.judge_different(left_id=pair[0], right_id=sealed, reason="met both")
    assert worker.people.open(person_id=pair[0]).apart[0].name == "Jay Okafor"
    assert services_as(signed_in, Role.SOCIAL_WORKER).people.open(person_id=pair[0]).apart == ()


def test_lists_an_unknown_person_by_when_anybody_met_them_last(qtbot, window, worker, unknown):
    details = a_person(kind=PersonKind.UNKNOWN, names=(), description="older woman", points=(), birth=None)
    older = worker.people.add(details=details)
    worker.contacts.log(details=a_contact(older))
    worker.contacts.log(details=a_contact(unknown, outcome=Outcome.NOT_FOUND))
    rows = show(qtbot, window, "unknown", None).table.model.rows
    assert [(one.id, one.last_at.day, one.calls) for one in rows] == [(older, 24, 0), (unknown, 22, 1)]


def test_identifies_an_unknown_person_with_somebody_known_and_takes_it_back(qtbot, window, worker, unknown):
    ruth = worker.people.add(details=a_person("Ruth", "Vega"))
    screen = show(qtbot, window, "person", unknown)
    panel = screen.findChildren(IdentifyPanel)[-1]
    qtbot.keyClicks(panel.words, "vega")
    qtbot.waitUntil(lambda: bool(buttons(window, "Use Ruth Vega")), timeout=5000)
    qtbot.keyClick(panel.words, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.title.text() == "Ruth Vega" and "Call 26-118204" in screen.record.timeline[0].title
    assert worker.people.open(person_id=ruth).calls.within(30) == 1
    window.banner.undo()
    settle(qtbot, window)
    assert screen.title.text() == "man, about 50, red parka" and len(screen.record.timeline) == 1
    assert worker.people.open(person_id=ruth).timeline == ()


def test_identifies_somebody_found_by_search_and_takes_it_back_by_keys_alone(qtbot, window, worker, unknown):
    worker.people.add(details=a_person("Ruth", "Vega"))

    def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget(), key, modifiers)
        settle(qtbot, window)

    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.search, "parka")
    qtbot.waitUntil(lambda: window.search.results is not None and window.search.results.isVisible())
    settle(qtbot, window)
    press(Qt.Key.Key_Return)
    screen = window.current
    panel = screen.findChildren(IdentifyPanel)[-1]
    while QApplication.focusWidget() is not panel.words:
        press(Qt.Key.Key_Tab)
    qtbot.keyClicks(panel.words, "vega")
    qtbot.waitUntil(lambda: bool(buttons(window, "Use Ruth Vega")), timeout=5000)
    press(Qt.Key.Key_Return)
    assert screen.title.text() == "Ruth Vega" and QApplication.focusWidget() is screen
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.title.text() == "man, about 50, red parka" and window.search.text() == ""


def test_identifies_an_unknown_person_as_somebody_new(qtbot, window, worker, unknown):
    show(qtbot, window, "person", unknown)
    click(qtbot, window, "New person")
    form = window.current
    assert form.name == "new-person" and form.title.text() == "Who the unknown person is"
    qtbot.keyClicks(form.form.given, "Walter")
    qtbot.keyClicks(form.form.age, "about 50")
    click(qtbot, window, "Save")
    record = window.current.record
    assert record.whole.display_name == "Walter" and record.linked[0].id == unknown
    assert record.calls.within(30) == 1 and record.person.details.birth.on.year == 1976


def test_does_not_offer_an_unknown_person_to_themselves(qtbot, window, worker, unknown):
    again = worker.people.add(
        details=a_person(
            kind=PersonKind.UNKNOWN, names=(), description="man in a parka, limps", points=(), birth=None
        )
    )
    worker.links.link(left_id=unknown, right_id=again, reason="met together")
    panel = show(qtbot, window, "person", again).findChildren(IdentifyPanel)[-1]
    qtbot.keyClicks(panel.words, "parka")
    qtbot.waitUntil(lambda: "Nobody found. Try fewer letters, or write a new person." in words(panel))
    assert not panel.found.offered
