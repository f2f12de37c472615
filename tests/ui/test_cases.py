from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from caseapp.domain.access import Role
from caseapp.domain.cases import CaseEnded, Goal
from caseapp.domain.contacts import Channel
from caseapp.domain.shorthand import When
from caseapp.services.cases import NewCase
from caseapp.ui.widgets.options import choose
from tests.builders import TODAY, a_contact, a_person, services_as
from tests.ui.driving import Typist, buttons, click, settle, unnamed, window_of, words


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


def choose_code(qtbot, field: QComboBox, code):
    field.setCurrentIndex(field.findData(code))


def test_a_case_is_opened_with_its_first_step_by_keyboard(qtbot, window, worker, person_id):
    window.show_place("person", person_id)
    settle(qtbot, window)
    click(qtbot, window, "Open a case")
    screen = window.current
    assert screen.name == "new-case" and unnamed(screen) == []
    choose_code(qtbot, screen.origin, "agency")
    for field, text in (
        (screen.statement, "I want a door that locks"),
        (screen.step, "Call about the room"),
        (screen.when, "yesterday-ish"),
    ):
        field.setFocus()
        qtbot.keyClicks(field, text)
    typist = Typist(qtbot, window)
    typist.press(Qt.Key.Key_Return, target=screen.when)
    assert "yesterday-ish" in screen.form._errors["when"].text() and worker.cases.caseload() == []
    screen.when.setText("+2d")
    typist.press(Qt.Key.Key_Return, target=screen.when)
    assert window.current.name == "case"
    row = worker.cases.caseload()[0]
    assert (row.case.opened_from, row.next_step_on) == ("agency", TODAY + timedelta(days=2))
    assert row.case.goals[0].statement == "I want a door that locks"


def test_who_stands_in_is_written_in_days_as_people_say_them(qtbot, signed_in, worker):
    taker = services_as(signed_in, Role.CLINICIAN)
    window = window_of(qtbot, services_as(signed_in, Role.SUPERVISOR))
    window.show_place("transfer", None)
    settle(qtbot, window)
    screen = window.current.absences
    choose(screen.who_away, worker.context.actor.staff_id)
    choose(screen.cover, taker.context.actor.staff_id)
    screen.from_day.setText("today")
    screen.to_day.setText("someday")
    click(qtbot, window, "Add the absence")
    assert "someday" in screen.problem.text() and worker.transfers.absences() == []
    screen.to_day.setText("+5d")
    click(qtbot, window, "Add the absence")
    found = worker.transfers.absences()
    assert [(one.from_on, one.to_on) for one in found] == [(TODAY, TODAY + timedelta(days=5))]
    click(qtbot, window, f"Take back the absence of {worker.context.actor.name}")
    assert worker.transfers.absences() == []
    window.close()


def test_ended_cases_have_their_own_list(qtbot, window, worker, person_id):
    case = worker.cases.open_episode(new=NewCase(person_id, "self", worker.context.actor.staff_id))
    worker.cases.close(case_id=case.id, reason="moved", outcome="housed", version=case.version)
    window.show_place("cases", None)
    settle(qtbot, window)
    assert window.current.table.model.rows == []
    click(qtbot, window, "Ended")
    assert [one.case.id for one in window.current.table.model.rows] == [case.id]


def test_days_and_counts_are_ordered_by_what_they_say_and_not_by_their_letters(qtbot, window, worker):
    for name, ago in (("Nine", 9), ("Thirty", 30), ("Ten", 10)):
        person_id = worker.people.add(details=a_person(name))
        worker.cases.open_case(person_id=person_id, opened_from="call")
        at = worker.context.now() - timedelta(days=ago)
        worker.contacts.log(details=replace(a_contact(person_id), at=at))
    window.show_place("cases", None)
    settle(qtbot, window)
    table = window.current.table
    for title in ("Last contact", "Days quiet"):
        place = [one.title for one in table.model.columns].index(title)
        table.order_by(place)
        quiet = [row.days_quiet(TODAY) for row in table.model.rows]
        assert quiet == [30, 10, 9], title


def test_days_go_on_being_counted_while_the_screen_stays_open_over_night(qtbot, window, worker):
    person_id = worker.people.add(details=a_person("Nine"))
    worker.cases.open_case(person_id=person_id, opened_from="call")
    window.show_place("cases", None)
    settle(qtbot, window)
    table = window.current.table
    (quiet,) = (one for one in table.model.columns if one.title == "Days quiet")
    before = int(quiet.text(table.model.rows[0]))
    worker.context.now.at += timedelta(days=2)
    window.current.refresh()
    settle(qtbot, window)
    assert int(quiet.text(table.model.rows[0])) == before + 2


@pytest.fixture
def shown(qtbot, window, worker, person_id):
    """A case on the screen that a colleague has closed meanwhile."""
    case = worker.cases.open_episode(
        new=NewCase(
            person_id, "self", worker.context.actor.staff_id, goals=(Goal("housing", "A door that locks"),)
        )
    )
    window.show_place("case", case.id)
    settle(qtbot, window)
    worker.cases.close(case_id=case.id, reason="moved", outcome="housed", version=case.version)
    return window.current


@pytest.mark.parametrize("act", ("need", "goal", "team", "close"))
def test_shows_that_a_colleague_closed_the_case_and_begins_nothing_in_it(
    qtbot, window, worker, signed_in, shown, act
):
    """It stood there as open until F5, and needs and workers were added to an episode that was over."""
    other = services_as(signed_in, Role.CLINICIAN).context.actor.staff_id
    before = worker.cases.open(case_id=shown.case_id)
    if act == "need":
        shown.need.statement.setText("My own money")
        shown._add_goal()
    elif act == "goal":
        (field,) = (one for one in shown.findChildren(QComboBox) if "Status of" in one.accessibleName())
        choose_code(qtbot, field, "met")
        field.activated.emit(field.currentIndex())
    elif act == "team":
        shown.member.addItem("Other", other)
        shown.member.setCurrentIndex(shown.member.count() - 1)
        click(qtbot, window, "Make worker")
    else:
        choose_code(qtbot, shown.close_reason, "moved")
        choose_code(qtbot, shown.outcome, "housed")
        click(qtbot, window, "Close the case")
    settle(qtbot, window)
    assert "closed" in window.banner.words.text()
    assert shown.need.isHidden() and buttons(window, "Reopen")
    now = worker.cases.open(case_id=shown.case_id)
    assert (now.case.goals, now.case.primary_id) == (before.case.goals, before.case.primary_id)
    if act == "need":
        assert shown.need.statement.text() == "My own money"


def test_moves_no_case_that_ended_meanwhile(worker, signed_in, person_id):
    case = worker.cases.open_episode(new=NewCase(person_id, "self", worker.context.actor.staff_id))
    worker.cases.close(case_id=case.id, reason="moved", outcome="housed", version=case.version)
    lead, other = (services_as(signed_in, one) for one in (Role.SUPERVISOR, Role.CLINICIAN))
    with pytest.raises(CaseEnded):
        lead.transfers.transfer(case_ids=(case.id,), to_id=other.context.actor.staff_id)


def test_a_late_step_is_late_on_every_list_and_on_the_record(qtbot, window, worker, person_id):
    worker.cases.open_case(person_id=person_id, opened_from="call")
    worker.follow_ups.schedule(person_id=person_id, what="Ride", channel=Channel.PHONE, when=When(TODAY))
    worker.context.now.at += timedelta(days=3)
    window.show_place("cases", None)
    settle(qtbot, window)
    due = next(one for one in window.current.table.model.columns if one.title == "Due")
    (row,) = window.current.table.model.rows
    assert (due.text(row), due.tone(row)) == ("3 days late", "danger")
    window.show_place("follow-ups", None)
    settle(qtbot, window)
    due = next(one for one in window.current.table.model.columns if one.title == "Due")
    (row,) = window.current.table.model.rows
    assert (due.text(row), due.tone(row)) == ("3 days late", "danger")
    window.show_place("person", person_id)
    settle(qtbot, window)
    assert "3 days late" in words(window.current)


def test_names_and_titles_are_whole_in_large_letters(qtbot, worker):
    worker.cases.open_case(
        person_id=worker.people.add(details=a_person("Rosa", "Sánchez")), opened_from="call"
    )
    desk = window_of(qtbot, worker, percent=200)
    desk.resize(1366, 768)
    desk.show_place("cases", None)
    settle(qtbot, desk)
    view, wide = desk.current.table.view, desk.current.table._delegate.width_for
    for place, one in enumerate(desk.current.table.model.columns):
        assert view.isColumnHidden(place) or view.columnWidth(place) >= wide(one.title), one.title
    assert view.columnWidth(0) >= wide("Rosa Ramírez Sánchez", is_bold=True)
    desk.close()
