from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from caseapp.domain.access import Role
from caseapp.domain.contacts import Channel, Outcome
from caseapp.domain.people import Alert, ContactPoint, PointKind
from caseapp.domain.shorthand import When
from caseapp.services.cases import NewCase
from caseapp.ui.widgets.cells import SECOND_ROLE
from tests.builders import NOW, TODAY, a_call, a_contact, a_person, an_encounter, services_as
from tests.journeys.by_keys import Keys
from tests.ui.driving import Typist, settle, unnamed, window_of


@pytest.fixture
def something(worker):
    for family in ("Okafor", "Reyes", "Vega"):
        person_id = worker.people.add(details=a_person("Ana", family, points=(), birth=None))
        worker.cases.open_episode(new=NewCase(person_id, "self", worker.context.actor.staff_id))
        worker.contacts.log(details=a_contact(person_id, at=NOW - timedelta(days=20)))
    call_id = worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=3), responses=()))
    worker.encounters.add(call_id=call_id, details=an_encounter("Jim"))


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.PROGRAM_MANAGER])
def test_each_count_opens_a_list_of_exactly_that_many_rows(qtbot, signed_in, worker, something, role):
    services = worker if role is Role.SOCIAL_WORKER else services_as(signed_in, role)
    window = window_of(qtbot, services)
    keys = Keys(qtbot, window, services)
    today = window.current
    only_mine = today.mine.isChecked()
    counted = [one for one in services.overview.tallies(only_mine=only_mine) if one.count]
    assert counted and unnamed(today) == []
    for one in counted:
        keys.show("today")
        keys.do(f"Open {one.words.lower()}")
        assert window.current.name == "today-list"
        assert len(window.current.table.model.rows) == one.count
    assert today.balance.isVisibleTo(today) == (role is not Role.SOCIAL_WORKER)
    window.close()


def test_a_count_of_what_is_due_shows_exactly_its_rows_and_all_again(qtbot, window, worker):
    person_id = worker.people.add(details=a_person())
    for days in (0, 0, 1, 2, 3):
        when = When(TODAY + timedelta(days=days))
        worker.follow_ups.schedule(person_id=person_id, what="Call", channel=Channel.PHONE, when=when)
    keys = Keys(qtbot, window, worker)
    keys.show("today")
    rows = window.current.table.model.rows
    for name, count in (("2 today", 2), ("3 this week", 3), ("3 this week", 5)):
        keys.do(name)
        assert len(window.current.table.model.rows) == count and window.current.table.view.hasFocus()
    assert window.current.table.model.rows == rows


def test_how_to_speak_with_somebody_is_said_in_words(qtbot, window, worker):
    person_id = worker.people.add(details=a_person(pronouns="name-only", languages=("sign", "English")))
    worker.follow_ups.schedule(person_id=person_id, what="Call", channel=Channel.PHONE, when=When(TODAY))
    window.show_place("today", None)
    settle(qtbot, window)
    model = window.current.table.model
    assert model.data(model.index(0, 1), SECOND_ROLE) == "Name only, American Sign Language"


def test_what_to_mind_and_what_may_be_said_stand_whole_under_the_row_in_a_small_window(qtbot, worker):
    quiet = ContactPoint(PointKind.PHONE, "(541) 555-0142", do_not_mention_us=True)
    person_id = worker.people.add(details=a_person(points=(quiet,), alerts=(Alert("safety", "Two dogs"),)))
    planned = worker.follow_ups.schedule(
        person_id=person_id, what="Call", channel=Channel.PHONE, when=When(TODAY)
    )
    worker.contacts.log(details=a_contact(person_id, outcome=Outcome.LEFT_MESSAGE, follow_up_id=planned))
    window = window_of(qtbot, worker)
    window.resize(1280, 800)
    window.show_place("today", None)
    settle(qtbot, window)
    table = window.current.table
    seconds = [
        table.model.data(table.model.index(0, column), SECOND_ROLE)
        for column in range(table.model.columnCount())
    ]
    assert seconds[2:4] == ["Two dogs", "do not mention us"]
    assert table.view.columnWidth(3) >= table._delegate.width_for("may leave voicemail")
    assert not table.view.isColumnHidden(4)
    window.close()
    large = window_of(qtbot, worker, percent=200)
    large.resize(1280, 800)
    large.show_place("today", None)
    settle(qtbot, large)
    table = large.current.table
    assert table.view.isColumnHidden(4)
    assert table.view.columnWidth(2) >= table._delegate.width_for("appointment")
    large.close()


def test_where_nothing_stands_but_what_is_planned_names_have_the_room(qtbot, worker):
    person_id = worker.people.add(details=a_person("Marisol", "De la Cruz Vega", points=()))
    planned = worker.follow_ups.schedule(
        person_id=person_id, what="Ride to intake", channel=Channel.PHONE, when=When(TODAY)
    )
    window = window_of(qtbot, worker)
    window.resize(1280, 800)
    window.show_place("today", None)
    settle(qtbot, window)
    table = window.current.table
    assert table.view.isColumnHidden(4)
    assert table.view.columnWidth(1) >= table._delegate.width_for("Marisol De la Cruz Vega")
    worker.contacts.log(details=a_contact(person_id, outcome=Outcome.LEFT_MESSAGE, follow_up_id=planned))
    window.current.refresh()
    settle(qtbot, window)
    assert not table.view.isColumnHidden(4) and table.model.index(0, 4).data() == "1 attempt"
    window.close()


def test_a_row_of_a_list_opens_what_it_is_about(qtbot, window, worker, something):
    window.show_place("today-list", None)
    settle(qtbot, window)
    Typist(qtbot, window).press(Qt.Key.Key_Return, target=window.current.table.view)
    assert window.current.name == "case"


def test_the_hand_over_takes_words_shows_the_sheet_and_keeps_a_draft(qtbot, window, worker, something):
    window.show_place("hand-over", None)
    settle(qtbot, window)
    screen = window.current
    assert screen.pdf.startswith(b"%PDF") and screen.pages.count >= 1
    qtbot.keyClicks(screen.words, "Look in at the camp")
    screen.keep_draft()
    settle(qtbot, window)
    assert worker.drafts.get(form="hand-over", person_id=None).content["words"] == "Look in at the camp"
    before = screen.pdf
    screen.make()
    settle(qtbot, window)
    assert screen.pdf != before
