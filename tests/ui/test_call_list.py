"""The list of calls: longer than what is in memory, narrowed by the bar, walked by keys."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from caseapp.domain.call_filters import PAGE
from caseapp.ui.calls.filter_bar import BETWEEN
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.paged_rows import KEPT, PagedRows
from caseapp.ui.widgets.rows import Column
from caseapp.ui.widgets.table_view import shared
from db.demo import bulk_calls
from tests.builders import NOW, a_call, a_person, an_encounter, calls_of
from tests.ui.driving import a_desk, settle, unnamed

MANY = 2 * PAGE + 50


@pytest.fixture
def screen(qtbot, window, worker, admin):
    worker.people.add(details=a_person())
    bulk_calls.add_year(admin.context, calls=MANY, contacts=0)
    window.show_place("calls", None)
    window.current.bar.clear()
    window.current.refresh()
    settle(qtbot, window)
    return window.current


def read(qtbot, window, screen):
    """Scrolling rests, then pages come."""
    qtbot.waitUntil(lambda: screen.table.current() is not None, timeout=10_000)
    qtbot.wait(200)
    settle(qtbot, window)


def test_walks_to_the_end_of_a_list_that_is_not_all_read(qtbot, window, screen):
    model, view = screen.table.pages, screen.table.view
    assert screen.beside.text().startswith(f"{MANY} calls") and len(model.rows) == PAGE
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.currentIndex().row() == MANY - 1 and screen.table.current() is None
    read(qtbot, window, screen)
    last = screen.table.current()
    assert screen.bench.call.id == last.id
    assert len(model.rows) == PAGE + MANY % PAGE
    whole = calls_of(screen.desk.services)
    assert last == whole[-1]
    qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    read(qtbot, window, screen)
    assert screen.table.current() == whole[0] and screen.bench.call.id == whole[0].id


def test_is_narrowed_as_one_types_and_keeps_the_open_call(qtbot, window, screen):
    bench, wanted = screen.bench.call.id, screen.table.pages.rows[7]
    qtbot.keyClick(screen.table.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.bar.words.hasFocus()
    qtbot.keyClicks(screen.bar.words, wanted.number)
    qtbot.keyClick(screen.bar.words, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.table.pages.rows == [wanted] and screen.beside.text().startswith("1 call")
    assert screen.bench.call.id in (bench, wanted.id)
    screen._to_rows()
    settle(qtbot, window)
    assert screen.bench.call.id == wanted.id
    qtbot.keyClick(screen.bar.words, Qt.Key.Key_Escape)
    qtbot.wait(250)
    settle(qtbot, window)
    assert screen.table.current() == wanted and screen.beside.text().startswith(f"{MANY} calls")


def test_says_that_nothing_meets_the_filter_and_clears_it(qtbot, window, screen):
    screen.bar.words.setText("no such call")
    screen.bar.changed.emit()
    settle(qtbot, window)
    assert screen.table._words.text() == "Nothing here meets the filter." and screen.table.current() is None
    assert screen.beside.text() == "0 calls" and screen.bar.none.isVisible()
    screen.bar.none.click()
    settle(qtbot, window)
    assert screen.beside.text().startswith(f"{MANY} calls") and not screen.bar.none.isVisible()


def test_days_that_cannot_be_read_are_told_beside_them(qtbot, window, screen):
    choose(screen.bar.period, BETWEEN)
    assert screen.bar.from_on.hasFocus() and unnamed(screen) == []
    screen.bar.from_on.setText("someday")
    screen.bar.from_on.editingFinished.emit()
    assert screen.bar._problem.isVisible()
    for field in (screen.bar.from_on, screen.bar.to_on):
        field.setText("11/23/2026")
    screen.bar.changed.emit()
    settle(qtbot, window)
    assert not screen.bar._problem.isVisible()
    days = {screen.desk.local(one.received_at).date() for one in screen.table.pages.rows}
    assert len(days) <= 1


def test_a_call_asked_for_by_itself_is_shown_whatever_the_filter_said(qtbot, window, worker, screen):
    old = worker.calls.add(call=a_call("26-OLD", received_at=NOW - timedelta(days=300)))
    worker.encounters.add(call_id=old, details=an_encounter("Kim"))
    choose(screen.bar.period, 2)
    screen.bar.words.setText("nothing")
    window.show_place("calls", old)
    settle(qtbot, window)
    assert screen.bench.call.id == old and screen.table.current().id == old
    assert screen.bar.period.currentData() == 0 and not screen.bar.is_narrow


def test_a_call_asked_for_by_itself_is_in_view_in_the_list_of_a_small_window(qtbot, window, screen):
    window.resize(1280, 800)
    view = screen.table.view
    window.show_place("calls", screen.table.pages.rows[30].id)
    settle(qtbot, window)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_the_open_call_stays_in_view_as_the_list_gets_smaller_but_not_once_it_was_scrolled_away(
    qtbot, window, screen
):
    view = screen.table.view
    in_view = range(view.rowAt(0), view.rowAt(view.viewport().height() - 1))
    view.setCurrentIndex(screen.table.pages.index(in_view[-1], 0))
    settle(qtbot, window)
    screen._left.setSizes([view.verticalHeader().sectionSize(0) * 4, 1000])
    settle(qtbot, window)
    assert view.rowAt(view.viewport().height() - 1) < in_view[-1] + 2
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    there = view.verticalScrollBar().value()
    screen._left.setSizes([view.verticalHeader().sectionSize(0) * 5, 1000])
    settle(qtbot, window)
    assert view.verticalScrollBar().value() >= there - 2 * view.verticalHeader().sectionSize(0)
    assert not view.viewport().rect().intersects(view.visualRect(view.currentIndex()))


def test_the_model_holds_to_its_contract_and_drops_pages_long_not_looked_at(qtbot):
    model = PagedRows((Column("Number", str),), 5)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    asked = []
    model.wanted.connect(asked.append)
    model.start(5, 0, range(5))
    model.set_count(1000)
    assert model.row(7) is None and model.row(8) is None and asked == [1]
    for page in range(1, 200):
        model.put(page, range(page * 5, page * 5 + 5))
    assert model.row(999) == 999 and model.last_before(199)[0] == 198
    assert len(model.rows) == KEPT * 5 and model.row(3) is None and asked == [1, 0]
    model.set_count(3)
    assert model.rowCount() == 3 and model.row(5) is None


def test_widths_are_shared_but_what_must_fit_fits():
    assert shared(600, (1, 1, 1), (0, 0, 0)) == [200, 200, 200]
    assert shared(300, (1, 1, 4), (90, 0, 0)) == [90, 42, 168]
    assert shared(100, (1, 1), (90, 90)) == [90, 90]


def test_in_a_small_window_with_large_letters_some_columns_give_way_and_the_others_stay_whole(qtbot, worker):
    worker.calls.add(call=a_call(received_at=NOW - timedelta(hours=2)))
    window = a_desk(qtbot, worker, size=150)

    def shown(width):
        window.resize(width, 768)
        window.show_place("calls", None)
        settle(qtbot, window)
        view = window.current.table.view
        kept = [n for n in range(len(view.shares)) if not view.isColumnHidden(n)]
        assert view.horizontalHeader().length() <= view.viewport().width()
        assert view.visibleRegion().boundingRect().width() == view.width()
        assert all(view.columnWidth(n) >= view.least[n] for n in kept)
        return [window.current.table.model.columns[n].title for n in kept]

    everything = shown(2200)
    assert shown(1366) == [one for one in everything if one not in ("Number", "Response")]
    window.current.table.show_column(everything.index("Place"), is_shown=False)
    assert shown(1366) == [one for one in everything if one not in ("Place", "Response")]
    assert shown(2200) == [one for one in everything if one != "Place"]
    window.close()


def test_type_and_place_are_whole_in_a_window_of_1280(qtbot, worker):
    """“Disorderly p…” at “Elm St, 2200 bl…” stood there."""
    call = a_call(
        received_at=NOW - timedelta(hours=2), type_text="Disorderly person", place="Elm St, 2200 block"
    )
    worker.calls.add(call=call)
    window = a_desk(qtbot, worker)
    window.resize(1280, 720)
    window.show_place("calls", None)
    settle(qtbot, window)
    table = window.current.table
    for number, column in enumerate(table.model.columns):
        if column.title in ("Type", "Place"):
            text = column.text(table.current())
            assert table.view.columnWidth(number) >= table._delegate.width_for(text), column.title
    window.close()


def test_offers_no_work_on_a_call_where_there_is_none(qtbot, window, worker):
    window.show_place("calls", None)
    settle(qtbot, window)
    screen = window.current
    assert screen.parts.call_column.isHidden() and screen.parts.people_column.isHidden()
    worker.calls.add(call=a_call())
    screen.bar.clear()
    screen.refresh()
    settle(qtbot, window)
    assert screen.parts.call_column.isVisible() and screen.parts.people_column.isVisible()
