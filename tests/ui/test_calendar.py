"""The calendar on the real windows: chosen, moved by keys, by dragging and by typing, and taken back."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from caseapp.domain.access import Role
from caseapp.domain.contacts import Channel
from caseapp.domain.open_days import ClosureDay
from caseapp.domain.recurrence import Every, Recurrence
from caseapp.domain.shorthand import When
from caseapp.ui.follow_ups.grid import Span
from caseapp.ui.widgets.options import choose
from tests.builders import TODAY, a_person, services_as
from tests.ui.driving import CTRL, click, settle, unnamed, window_of, words

THURSDAY = TODAY + timedelta(days=2)
ALT = Qt.KeyboardModifier.AltModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


@pytest.fixture
def planned(worker, person_id):
    return worker.follow_ups.schedule(
        person_id=person_id, what="Day 7", channel=Channel.PHONE, when=When(THURSDAY, time(10))
    )


@pytest.fixture
def screen(qtbot, window, planned):
    window.show_place("follow-ups", None)
    settle(qtbot, window)
    return window.current


def show(qtbot, window, screen, span):
    screen.spans.setFocus()
    qtbot.keyClicks(screen.spans, str(list(Span).index(span) + 1))
    settle(qtbot, window)
    place = screen.model.place_of(next(iter(screen.page.rows)).id) if screen.page.rows else None
    if place is not None:
        screen.view.setCurrentIndex(place)


def when(worker, follow_up_id):
    with worker.context.read("test") as work:
        one = work.follow_ups.get(follow_up_id)
    clock = one.due_at.astimezone(worker.context.zone).time() if one.due_at else None
    return one.due_on, clock, one.owner_id


@pytest.mark.parametrize("span", [Span.DAY, Span.WEEK, Span.MONTH])
@pytest.mark.parametrize("team", [False, True])
def test_shows_every_planned_one_once_and_names_every_control(qtbot, window, screen, span, team):
    screen.mine.setChecked(not team)
    screen.day = THURSDAY
    show(qtbot, window, screen, span)
    cells = [cell for line in screen.model.grid.lines for cell in line.cells]
    assert [cell.row.id for cell in cells if cell.row] == [one.id for one in screen.page.rows]
    assert len(screen.page.rows) == 1 and unnamed(screen) == []
    index = screen.view.currentIndex()
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Thursday 26 November" in spoken and "James Okafor" in spoken and "phone" in spoken
    assert QAccessible.queryAccessibleInterface(screen.view) is not None
    assert window.grab().width() > 0


def test_a_month_opens_with_the_whole_week_of_today_on_a_small_laptop(qtbot, window, screen):
    window.resize(1280, 720)
    screen.day = date(2026, 11, 30)
    show(qtbot, window, screen, Span.MONTH)
    screen.view.setCurrentIndex(screen._place_of_day())
    window.resize(1280, 700)
    settle(qtbot, window)
    cells = [(line, cell) for line, one in enumerate(screen.model.grid.lines) for cell in one.cells]
    week = [line for line, cell in cells if cell.day == screen.day]
    shown = screen.view.viewport().rect()
    assert len(week) == 4
    assert all(shown.contains(screen.view.visualRect(screen.model.index(line, 0))) for line in week)


@pytest.mark.parametrize("span", [Span.DAY, Span.WEEK, Span.MONTH])
def test_nothing_of_the_calendar_is_hidden_below_its_panel_in_large_letters(qtbot, worker, planned, span):
    window = window_of(qtbot, worker, percent=200)
    window.resize(1366, 768)
    window.show_place("follow-ups", None)
    settle(qtbot, window)
    show(qtbot, window, window.current, span)
    view = window.current.view
    qtbot.waitUntil(lambda: view.height() == view.parentWidget().height())
    assert view.isVisible()
    window.close()


def test_moves_by_alt_and_the_arrows_without_going_back_and_takes_it_back(
    qtbot, window, screen, worker, planned
):
    show(qtbot, window, screen, Span.WEEK)
    for key, expected in (
        (Qt.Key.Key_Right, THURSDAY + timedelta(days=1)),
        (Qt.Key.Key_Left, THURSDAY),
        (Qt.Key.Key_Left, THURSDAY - timedelta(days=1)),
        (Qt.Key.Key_Down, THURSDAY + timedelta(days=6)),
    ):
        qtbot.keyClick(screen.view, key, ALT)
        settle(qtbot, window)
        assert window.current is screen
        assert when(worker, planned)[:2] == (expected, time(10))
        if key != Qt.Key.Key_Down:
            assert screen.view.current().row.id == planned
    window.banner.undo()
    settle(qtbot, window)
    assert when(worker, planned)[0] == THURSDAY - timedelta(days=1)


def test_moves_by_an_hour_in_the_day_and_to_any_time(qtbot, window, screen, worker, planned):
    screen.day = THURSDAY
    show(qtbot, window, screen, Span.DAY)
    hours = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(screen.view, key, ALT)
        settle(qtbot, window)
        hours.append(when(worker, planned)[1])
    assert hours == [time(11), time(10), time(9), time(8), None]


def test_moves_between_the_lanes_of_the_team(qtbot, window, screen, worker, signed_in, planned):
    services_as(signed_in, Role.PEER_SPECIALIST)
    screen.mine.setChecked(False)
    show(qtbot, window, screen, Span.WEEK)
    titles = [line.title for line in screen.model.grid.lines if line.title]
    assert titles[0].endswith("\n1 due") and len(titles) == 3
    qtbot.keyClick(screen.view, Qt.Key.Key_Down, ALT)
    settle(qtbot, window)
    loads = {load.staff_id: load.due for load in screen.page.loads}
    owner = when(worker, planned)[2]
    assert owner != worker.context.actor.staff_id and loads[owner] == 1


def spot(screen, place):
    """A point of the calendar: the middle of a line and column, or the point itself."""
    if isinstance(place, QPoint):
        return place
    return screen.view.visualRect(screen.model.index(*place)).center()


def mouse(screen, kind, at, *, button=Qt.MouseButton.NoButton, held=Qt.MouseButton.NoButton):
    """One event of the mouse, which may be outside the calendar while its button is down."""
    viewport, point = screen.view.viewport(), QPointF(at)
    QApplication.sendEvent(
        viewport, QMouseEvent(kind, point, viewport.mapToGlobal(point), button, held, NONE)
    )


def carry(screen, *way):
    """Press on the first place and move over the others, as a hand does; the button stays down."""
    for place in reversed(way):
        if not isinstance(place, QPoint):
            screen.view.scrollTo(screen.model.index(*place))
    points = [spot(screen, place) for place in way]
    mouse(screen, QEvent.Type.MouseButtonPress, points[0], button=LEFT, held=LEFT)
    for before, after in pairwise(points):
        for share in (0.3, 0.7, 1.0):
            mouse(screen, QEvent.Type.MouseMove, before + (after - before) * share, held=LEFT)
    return points[-1]


def let_go(qtbot, window, screen, at):
    mouse(screen, QEvent.Type.MouseButtonRelease, at, button=LEFT)
    settle(qtbot, window)


def test_a_mouse_carries_one_to_another_day_and_ctrl_z_brings_it_back(qtbot, window, screen, worker, planned):
    show(qtbot, window, screen, Span.MONTH)
    (start, wanted) = (date_at(screen, THURSDAY, has_row=True), date_at(screen, date(2026, 11, 30)))
    last = carry(screen, start, (1, 2), wanted)
    carrying = screen.view.carrying
    assert carrying.label.isVisible() and "Mon 30 Nov 10:00" in carrying.label.text()
    assert (carrying.target.row(), carrying.target.column()) == wanted
    assert screen.bar.follow_up.id == planned and when(worker, planned)[0] == THURSDAY
    let_go(qtbot, window, screen, last)
    assert when(worker, planned)[:2] == (date(2026, 11, 30), time(10)) and not carrying.label.isVisible()
    assert screen.view.current().row.id == planned
    qtbot.keyClick(screen.view, Qt.Key.Key_Z, CTRL)
    settle(qtbot, window)
    assert when(worker, planned)[:2] == (THURSDAY, time(10))


def date_at(screen, day, *, has_row=False):
    lines = screen.model.grid.lines
    return next(
        (number, column)
        for number, line in enumerate(lines)
        for column, cell in enumerate(line.cells)
        if cell.day == day and not line.is_head and (cell.row is not None) is has_row
    )


def test_a_mouse_carries_one_to_another_hour_and_worker(qtbot, window, screen, worker, signed_in, planned):
    other = services_as(signed_in, Role.PEER_SPECIALIST).context.actor
    screen.mine.setChecked(False)
    screen.day = THURSDAY
    show(qtbot, window, screen, Span.DAY)
    lines = list(enumerate(screen.model.grid.lines))
    start = next((n, c) for n, line in lines for c, cell in enumerate(line.cells) if cell.row)
    wanted = next(
        (n, c)
        for n, line in lines
        for c, cell in enumerate(line.cells)
        if cell.owner_id == other.staff_id and cell.at == time(14)
    )
    last = carry(screen, start, wanted)
    assert other.name in screen.view.carrying.label.text()
    let_go(qtbot, window, screen, last)
    assert when(worker, planned) == (THURSDAY, time(14), other.staff_id)


def test_a_carrying_is_left_by_esc_outside_and_on_its_own_place(qtbot, window, screen, worker, planned):
    show(qtbot, window, screen, Span.WEEK)
    start = date_at(screen, THURSDAY, has_row=True)
    version = screen.page.rows[0].version
    at = carry(screen, start, (3, 6))
    qtbot.keyClick(screen.view, Qt.Key.Key_Escape)
    let_go(qtbot, window, screen, at)
    for way in (((3, 6), QPoint(-40, -40)), ((3, 6), start)):
        let_go(qtbot, window, screen, carry(screen, start, *way))
    QTest.mouseClick(screen.view.viewport(), LEFT, NONE, spot(screen, start))
    settle(qtbot, window)
    assert not screen.view.carrying.label.isVisible() and not screen.view.dragEnabled()
    assert [(one.due_on, one.version) for one in worker.follow_ups.planned()] == [(THURSDAY, version)]


def test_a_calendar_scrolls_while_something_is_carried_to_its_edge(qtbot, window, screen, planned):
    window.resize(1000, 560)
    screen.day = THURSDAY
    show(qtbot, window, screen, Span.DAY)
    bar = screen.view.verticalScrollBar()
    assert bar.maximum() > 0
    lines = enumerate(screen.model.grid.lines)
    start = spot(screen, next((number, 0) for number, line in lines if line.cells[0].row))
    low = QPoint(start.x(), screen.view.viewport().height() - 4)
    before = bar.value()
    carry(screen, start, low)
    qtbot.waitUntil(lambda: bar.value() > before, timeout=3_000)
    screen.view.carrying.stop()


def test_whoever_only_reads_carries_nothing(qtbot, signed_in, worker, planned):
    window = window_of(qtbot, services_as(signed_in, Role.AUDITOR))
    window.show_place("follow-ups", None)
    settle(qtbot, window)
    screen = window.current
    screen.mine.setChecked(False)
    show(qtbot, window, screen, Span.MONTH)
    start = date_at(screen, THURSDAY, has_row=True)
    let_go(qtbot, window, screen, carry(screen, start, (6, 6)))
    assert screen.view.carrying.held is None and when(worker, planned)[0] == THURSDAY
    window.close()


def test_says_that_the_past_is_past_and_that_the_agency_is_closed(
    qtbot, window, screen, admin, worker, planned
):
    admin.protocols.put_closure(day=ClosureDay(date(2026, 11, 27), "Roof work"))
    show(qtbot, window, screen, Span.WEEK)
    qtbot.keyClick(screen.view, Qt.Key.Key_Right, ALT)
    settle(qtbot, window)
    assert any("The agency is closed then: Roof work." in one for one in words(window))
    qtbot.keyClick(screen.view, Qt.Key.Key_Up, ALT)
    settle(qtbot, window)
    assert "is past" in screen.bar.problem.text() and when(worker, planned)[0] == date(2026, 11, 27)


def test_moves_this_and_later_by_typing_and_cancels_the_rest(qtbot, window, worker, person_id):
    worker.follow_ups.repeat(
        person_id=person_id,
        what="Check-in",
        channel=Channel.VISIT,
        when=When(THURSDAY),
        recurrence=Recurrence(Every.WEEK, 4),
    )
    window.show_place("follow-ups", None)
    settle(qtbot, window)
    screen = window.current
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Down)
    qtbot.keyClicks(screen.table.view, "m")
    assert screen.bar.reach.isVisible()
    qtbot.keyClick(screen.bar.reach, Qt.Key.Key_Down)
    qtbot.keyClicks(screen.bar.day, "4 dec 9")
    qtbot.keyClick(screen.bar.day, Qt.Key.Key_Return)
    settle(qtbot, window)
    days = [(one.due_on - THURSDAY).days for one in worker.follow_ups.planned(person_id=person_id)]
    assert days == [0, 8, 15, 22]
    screen.table.view.selectRow(1)
    qtbot.keyClicks(screen.table.view, "c")
    qtbot.keyClick(screen.bar.reach, Qt.Key.Key_Down)
    qtbot.keyClick(screen.bar.reason, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "Write why" in screen.bar.problem.text()
    qtbot.keyClicks(screen.bar.reason, "no longer wanted")
    qtbot.keyClick(screen.bar.reason, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert len(worker.follow_ups.planned(person_id=person_id)) == 1
    window.banner.undo()
    settle(qtbot, window)
    assert len(worker.follow_ups.planned(person_id=person_id)) == 4


def test_turns_the_page_and_opens_a_day_that_has_more(qtbot, window, worker, screen, person_id):
    for number in range(5):
        worker.follow_ups.schedule(
            person_id=person_id, what=f"Call {number}", channel=Channel.PHONE, when=When(THURSDAY)
        )
    show(qtbot, window, screen, Span.MONTH)
    model = screen.model
    more = next(
        model.index(number, column)
        for number, line in enumerate(model.grid.lines)
        for column, cell in enumerate(line.cells)
        if cell.more
    )
    assert model.cell(more).more == 4
    screen.view.setCurrentIndex(more)
    qtbot.keyClick(screen.view, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.span is Span.DAY and len(screen.page.rows) == 6
    qtbot.keyClick(screen.view, Qt.Key.Key_PageDown)
    settle(qtbot, window)
    assert screen.day == THURSDAY + timedelta(days=1) and not screen.page.rows
    qtbot.keyClicks(screen.view, "t")
    settle(qtbot, window)
    assert screen.day == TODAY


def test_logs_an_attempt_from_the_calendar_that_is_tried_again_tomorrow(
    qtbot, window, screen, worker, planned
):
    show(qtbot, window, screen, Span.WEEK)
    qtbot.keyClicks(screen.view, "l")
    settle(qtbot, window)
    form = window.contact_form
    qtbot.keyClicks(form.outcome, "2")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not form.isVisible(), timeout=5000)
    settle(qtbot, window)
    assert when(worker, planned)[0] == TODAY + timedelta(days=1)


def test_a_supervisor_writes_down_who_is_away_and_the_cover_sees_it(qtbot, worker, signed_in, planned):
    lead, cover = services_as(signed_in, Role.SUPERVISOR), services_as(signed_in, Role.CLINICIAN)
    window = window_of(qtbot, lead)
    window.show_place("away", None)
    settle(qtbot, window)
    away = window.current
    away.who.setCurrentIndex(away.who.findText(worker.context.actor.name))
    away.cover.setCurrentIndex(away.cover.findText(cover.context.actor.name))
    qtbot.keyClicks(away.first, "today")
    qtbot.keyClicks(away.last, "soonish")
    away.write.setFocus()
    qtbot.keyClick(away.write, Qt.Key.Key_Space)
    assert any("like mon" in one for one in words(away)) and worker.transfers.absences() == []
    away.last.clear()
    qtbot.keyClicks(away.last, "+6d")
    qtbot.keyClick(away.write, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert [row.follow_up.id for row in cover.today.page().due] == [planned]
    away.first.clear()
    click(qtbot, window, f"What falls due while {worker.context.actor.name} is away")
    assert [one.follow_up.id for one in away.plan.proposed] == [planned] and unnamed(away) == []
    click(qtbot, window, f"Take back the absence of {worker.context.actor.name}")
    assert cover.today.page().due == ()
    window.close()


def test_rewords_this_and_later_by_key_and_takes_it_back(qtbot, window, worker, person_id):
    worker.follow_ups.repeat(
        person_id=person_id,
        what="Check-in",
        channel=Channel.VISIT,
        when=When(THURSDAY),
        recurrence=Recurrence(Every.WEEK, 3),
    )
    window.show_place("follow-ups", None)
    settle(qtbot, window)
    screen = window.current
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Down)
    qtbot.keyClicks(screen.table.view, "e")
    qtbot.keyClick(screen.bar.reach, Qt.Key.Key_Down)
    qtbot.keyClick(screen.bar.text, Qt.Key.Key_Backspace)
    qtbot.keyClick(screen.bar.text, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.bar.problem.text()
    qtbot.keyClicks(screen.bar.text, "Call about rent")
    qtbot.keyClicks(screen.bar.channel, "p")
    qtbot.keyClick(screen.bar.text, Qt.Key.Key_Return)
    settle(qtbot, window)
    planned = worker.follow_ups.planned(person_id=person_id)
    assert [one.what for one in planned] == ["Check-in", "Call about rent", "Call about rent"]
    assert [one.channel for one in planned] == ["visit", "phone", "phone"]
    window.banner.undo()
    settle(qtbot, window)
    assert {one.what for one in worker.follow_ups.planned(person_id=person_id)} == {"Check-in"}


def test_stops_a_protocol_with_the_reason_and_takes_it_back(qtbot, window, worker, person_id):
    worker.protocols.start(code="first-contact", person_id=person_id)
    count = len(worker.follow_ups.planned(person_id=person_id))
    window.show_place("follow-ups", None)
    settle(qtbot, window)
    screen = window.current
    click(qtbot, window, "Stop the protocol")
    assert "Write why" in screen.bar.problem.text()
    qtbot.keyClicks(screen.table.view, "c")
    qtbot.keyClicks(screen.bar.reason, "moved away")
    qtbot.keyClick(screen.bar.stop, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert worker.follow_ups.planned(person_id=person_id) == []
    window.banner.undo()
    settle(qtbot, window)
    assert len(worker.follow_ups.planned(person_id=person_id)) == count


def test_moves_what_a_colleague_reworded_meanwhile_and_keeps_what_is_typed(
    qtbot, window, worker, signed_in, planned
):
    """The same refusal came each time, until somebody thought of F5, which emptied the fields."""
    lead = services_as(signed_in, Role.SUPERVISOR)
    window.show_place("follow-ups", None)
    settle(qtbot, window)
    screen = window.current
    show(qtbot, window, screen, Span.WEEK)
    one = screen.bar.follow_up
    lead.follow_ups.reword(
        follow_up_id=planned, what="Day 7, bring ID", channel=Channel.VISIT, version=one.version
    )
    choose(screen.bar.owner, lead.context.actor.staff_id)
    screen.bar.day.setText("fri 9")
    for said in ("Somebody else saved this record", "Day 7, bring ID is on Fri"):
        qtbot.keyClick(screen.bar.day, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert said in window.banner.words.text()
    moved = when(worker, planned)
    assert moved == (THURSDAY + timedelta(days=1), time(9), lead.context.actor.staff_id)
    assert screen.bar.day.text() == ""
