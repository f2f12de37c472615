"""Repeat contact: every number on the screen opens exactly as many calls."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import update

from caseapp.domain.access import Role
from caseapp.domain.call_filters import CallFilter, since
from caseapp.domain.encounters import Part
from caseapp.domain.measures.scope import Scope
from caseapp.domain.people import Name, NameKind
from caseapp.domain.repeat import WINDOWS
from caseapp.domain.reports import Plan
from caseapp.domain.timeline import TimelineKind
from caseapp.services.staff import ThresholdTooLow
from caseapp.store.tables.calls import CallRow
from caseapp.store.tables.cases import CaseFileRow
from caseapp.ui.setup.repeat_section import RepeatSection
from caseapp.ui.widgets.chart import ChartView
from tests.builders import NOW, TODAY, a_call, a_person, an_encounter, calls_of, services_as
from tests.ui.driving import a_desk, buttons, click, settle, unnamed, window_of, words


def met(worker, person_ids, *, days, number, place="Lincoln Park"):
    call = worker.calls.add(call=a_call(number, received_at=NOW - timedelta(days=days, hours=1), place=place))
    for person_id in person_ids:
        worker.encounters.add(call_id=call, details=an_encounter(), person_id=person_id)


@pytest.fixture
def people(worker):
    """James stands twice and was met often, once under both records; Ana was met twice."""
    james, jim, ana = (
        worker.people.add(details=a_person(name, points=())) for name in ("James", "Jim", "Ana")
    )
    for number, days in enumerate((0, 5, 6, 20, 80, 200, 364, 366)):
        met(worker, [james], days=days, number=f"a{number}")
    met(worker, [james, jim], days=2, number="b", place="Mill St")
    met(worker, [jim], days=3, number="c", place="Mill St")
    for number, days in enumerate((1, 25)):
        met(worker, [ana], days=days, number=f"d{number}", place="Mill St")
    worker.links.link(left_id=james, right_id=jim, reason="same person")
    return james, jim, ana


def test_counts_linked_records_as_one_person_and_a_shared_call_once(worker, people):
    page = worker.repeat.page(days=30)
    assert page.threshold == 3 and [one.calls.counts for one in page.people] == [(5, 6, 7, 9)]
    assert page.people[0].id in people[:2]
    assert [(one.place, one.calls, one.people) for one in page.places] == [
        ("Lincoln Park", 4, 1),
        ("Mill St", 4, 2),
    ]
    found = page.concentration
    assert (found.people, found.calls, found.top_people, found.top_calls) == (2, 8, 1, 6)


def test_counts_what_reports_count_nobody_who_called_for_another_and_no_duplicate(admin, worker, people):
    james, _jim, ana = people
    before = {days: worker.repeat.page(days=days) for days in WINDOWS}
    band = worker.people.open(person_id=ana).calls
    for number, part in enumerate((Part.CALLER, Part.FAMILY, Part.BYSTANDER)):
        call = worker.calls.add(call=a_call(f"e{number}", received_at=NOW - timedelta(days=1), place=""))
        worker.encounters.add(call_id=call, details=an_encounter(part=part), person_id=ana)
    met(worker, [james, ana], days=2, number="f", place="Mill St")
    with admin.context.write("test") as work:
        work._session.execute(update(CallRow).where(CallRow.number == "f").values(duplicate_of="b"))
        work.commit()
    assert {days: worker.repeat.page(days=days) for days in WINDOWS} == before
    assert worker.people.open(person_id=ana).calls == band
    for window in WINDOWS:
        found = calls_of(worker, person_id=ana, after=since(window, now=NOW, zone=worker.context.zone))
        assert len(found) == band.within(window)
    at_mill = next(one for one in before[7].places if one.place == "Mill St")
    assert (
        len(calls_of(worker, places=at_mill.spellings, after=since(7, now=NOW, zone=worker.context.zone)))
        == at_mill.calls
    )
    plan = Plan("x", "X", ("top_1_percent", "people_in_repeat_contact"))
    scope, found = Scope(before[30].from_on, TODAY), before[30].concentration
    top, often = (one.now for one in admin.reports.make(plan=plan, scope=scope).lines)
    assert (top.numerator, top.denominator) == (found.top_calls, found.calls)
    assert (often.numerator, often.denominator) == (len(before[30].people), found.people) == (1, 2)
    admin.staff.change_agency(agency=replace(admin.staff.agency(), repeat_threshold=2))
    often = admin.reports.make(plan=plan, scope=scope).lines[1].now
    assert often.numerator == len(worker.repeat.page(days=30).people) == 2


@pytest.mark.parametrize("hours", (0, 7, 12))
def test_counts_the_days_that_a_report_counts_at_any_hour(admin, worker, people, hours):
    """A call of the morning thirty days ago was in the report of these days and not on the screen."""
    _james, _jim, ana = people
    for days in WINDOWS:
        for edge in (days - 1, days):
            call = a_call(f"g{days}-{edge}", received_at=NOW - timedelta(days=edge, hours=hours - 6))
            worker.encounters.add(call_id=worker.calls.add(call=call), details=an_encounter(), person_id=ana)
    for days in WINDOWS:
        page = worker.repeat.page(days=days)
        plan = Plan("x", "X", ("top_1_percent",))
        (top,) = (one.now for one in admin.reports.make(plan=plan, scope=Scope(page.from_on, TODAY)).lines)
        found = page.concentration
        assert (page.from_on, page.days) == (TODAY - timedelta(days=days - 1), days)
        assert (top.numerator, top.denominator) == (found.top_calls, found.calls)


@pytest.mark.parametrize("days", WINDOWS)
def test_every_count_opens_exactly_so_many_calls(worker, people, days):
    page = worker.repeat.page(days=days)
    for one in page.people:
        band = worker.people.open(person_id=one.id).calls
        assert band == one.calls
        for window in WINDOWS:
            assert len(
                calls_of(worker, person_id=one.id, after=since(window, now=NOW, zone=worker.context.zone))
            ) == one.calls.within(window)
    for place in page.places:
        where = CallFilter(after=since(days, now=NOW, zone=worker.context.zone), places=place.spellings)
        assert worker.calls.count(where=where).calls == place.calls


def test_counts_of_a_record_that_is_sealed_no_call_that_cannot_be_opened(worker, signed_in, people):
    person = worker.people.open(person_id=people[1]).person
    sealed = replace(person.details, is_restricted=True)
    worker.people.change(person_id=person.id, details=sealed, version=person.version)
    other = services_as(signed_in, Role.SOCIAL_WORKER)
    (james,) = other.repeat.page(days=30).people
    assert (
        james.calls.within(30)
        == len(calls_of(other, person_id=james.id, after=since(30, now=NOW, zone=worker.context.zone)))
        == 5
    )


def test_follows_the_threshold_that_the_agency_sets(qtbot, window, worker, admin, people):
    admin.staff.change_agency(agency=replace(admin.staff.agency(), repeat_threshold=2))
    assert len(worker.repeat.page(days=30).people) == 2
    with pytest.raises(ThresholdTooLow):
        admin.staff.change_agency(agency=replace(admin.staff.agency(), repeat_threshold=0))


def test_counts_a_sealed_person_in_the_share_and_does_not_name_them(worker, signed_in, people):
    person = worker.people.open(person_id=people[2]).person
    sealed = replace(person.details, is_restricted=True)
    worker.people.change(person_id=person.id, details=sealed, version=person.version)
    other = services_as(signed_in, Role.SOCIAL_WORKER)
    page = other.repeat.page(days=30)
    assert page.concentration.people == 2 and "Ana" not in repr(page)


def test_says_how_many_more_a_report_counts_than_are_listed(qtbot, signed_in, worker, people):
    """The list had 13 where the report of the same days had 14, without a word."""
    person = worker.people.open(person_id=people[0]).person
    sealed = replace(person.details, is_restricted=True)
    worker.people.change(person_id=person.id, details=sealed, version=person.version)
    desk = window_of(qtbot, services_as(signed_in, Role.SOCIAL_WORKER))
    desk.show_place("repeat", None)
    settle(qtbot, desk)
    screen, said = desk.current, "record is open to named staff only. Reports count them too."
    assert screen.people.model.rows == [] and any(
        f"1 more person is not listed: the {said}" in one for one in words(screen)
    )
    click(qtbot, desk, "365 days")
    plan = Plan("x", "X", ("people_in_repeat_contact",))
    manager = services_as(signed_in, Role.PROGRAM_MANAGER)
    (often,) = (
        one.now
        for one in manager.reports.make(plan=plan, scope=Scope(TODAY - timedelta(days=364), TODAY)).lines
    )
    shown = screen.people.model.rows
    assert len(shown) + 1 == often.numerator
    desk.close()


def test_shows_people_places_and_the_share_and_opens_the_calls(qtbot, window, worker, people):
    window.show_place("repeat", None)
    settle(qtbot, window)
    screen = window.current
    assert screen.beside.text() == "1 person"
    assert screen.often.text() == "3 calls or more in 30 days, from 26 Oct 2026 on."
    name = screen.people.model.rows[0].name
    assert any("(1 person of 2) had 6 of 8 calls in 30 days: 75 %. A call" in one for one in words(screen))
    assert screen.chart.accessibleName().endswith(
        "1 call: 0 people, 0 calls; 2 calls: 1 person, 2 calls; 3 to 4: 0 people, 0 calls; "
        "5 to 9: 1 person, 6 calls; 10 or more: 0 people, 0 calls."
    )
    assert unnamed(screen) == []
    qtbot.keyClick(screen.people.view, Qt.Key.Key_Return)
    settle(qtbot, window)
    calls = window.current
    assert calls.name == "calls" and len(calls.table.model.rows) == 6
    assert calls.beside.text() == f"6 calls: {name}, last 30 days"
    click(qtbot, window, "All calls")
    assert len(calls.table.model.rows) < 12 and not buttons(window, "All calls")
    window.show_place("repeat", None)
    click(qtbot, window, "365 days")
    assert [one.calls for one in screen.places.model.rows] == [7, 4]


def test_shows_the_day_of_the_last_call_whole_in_large_letters(qtbot, worker, people):
    desk = a_desk(qtbot, worker, size=150)
    desk.resize(1440, 900)
    desk.show_place("repeat", None)
    settle(qtbot, desk)
    table = desk.current.people
    last = len(table.model.columns) - 1
    assert table.view.columnWidth(last) >= table._delegate.width_for("Wed 24 Nov")
    desk.close()


def test_cuts_neither_the_count_nor_a_long_name_at_200_per_cent(qtbot, worker):
    """“14 people with 3 calls or …” stood there, and “Ana “Cowboy” Rodríguez M…”."""
    name = Name(NameKind.LEGAL, "Ana María", "Rodríguez Montenegro de la Cruz")
    ana = worker.people.add(details=a_person(names=(name,), points=()))
    for number in range(3):
        met(worker, [ana], days=1, number=f"a{number}")
    desk = a_desk(qtbot, worker, size=200)
    desk.resize(1366, 768)
    desk.show_place("repeat", None)
    settle(qtbot, desk)
    screen = desk.current
    table, (person,) = screen.people, screen.people.model.rows
    assert screen.beside.width() >= screen.beside.sizeHint().width() and screen.beside.text() == "1 person"
    assert table.view.columnWidth(0) < table._delegate.width_for(person.name) <= 2 * table.view.columnWidth(0)
    assert table.model.has_second_lines
    desk.close()


def test_opens_the_calls_of_a_window_from_the_persons_band(qtbot, window, people):
    window.show_place("person", people[1])
    settle(qtbot, window)
    click(qtbot, window, "7 calls in 90 days")
    assert len(window.current.table.model.rows) == 7


def test_shows_on_the_record_how_calls_went_on_and_whether_they_became_fewer(qtbot, window, worker, people):
    worker.cases.open_case(person_id=people[0], opened_from="call")
    with worker.context.write("test") as work:
        work._session.execute(update(CaseFileRow).values(opened_on=TODAY - timedelta(days=10)))
        work.commit()
    window.show_place("person", people[0])
    settle(qtbot, window)
    (chart,) = window.current.findChildren(ChartView)
    received = [one.at for one in window.current.record.timeline if one.kind is TimelineKind.CALL]
    assert sum(one.calls for one in window.current.record.over_time.months) == len(received) - 2
    assert chart.accessibleName().startswith("Calls by month. ") and chart.renderer.isValid()
    said = "Case opened 14 Nov 2026: 0 calls in the 10 days up to it, 5 in the 10 days since."
    assert said in words(window.current) and chart.accessibleName().endswith(said)
    nobody = worker.people.add(details=a_person("Zoe"))
    window.show_place("person", nobody)
    settle(qtbot, window)
    assert not [one for one in window.current.findChildren(ChartView) if one.isVisible()]


def test_lets_the_administrator_set_the_threshold_in_setup(qtbot, window, worker, admin):
    panel = RepeatSection(window.desk)
    qtbot.addWidget(panel)
    panel.refresh()
    settle(qtbot, window)
    assert panel.threshold.value() == 3 and not panel.threshold.isEnabled() and panel.save.isHidden()
    own = RepeatSection(replace(window.desk, services=admin))
    qtbot.addWidget(own)
    own.refresh()
    settle(qtbot, window)
    own.threshold.setValue(5)
    qtbot.mouseClick(own.save, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert worker.repeat.page(days=7).threshold == 5
