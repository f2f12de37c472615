"""The watch for an empty desk: what it takes for a sign of somebody, and what it costs."""

import time

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QMenu

from caseapp.ui.idle import IdleWatch


@pytest.fixture
def watch(qtbot):
    made = IdleWatch(after=1.0)
    made.warning = 0.6
    made._tick.setInterval(50)
    made.start()
    yield made
    made.stop()


def test_warns_then_locks(qtbot, watch):
    seen = []
    watch.warned.connect(seen.append)
    with qtbot.waitSignal(watch.expired, timeout=5000):
        pass
    assert seen


def test_starts_anew_with_any_key_and_any_movement(qtbot, watch):
    field = QLabel("x")
    qtbot.addWidget(field)
    field.show()
    expired, woken = [], []
    watch.expired.connect(lambda: expired.append(1))
    watch.woken.connect(lambda: woken.append(1))
    for number in range(8):
        qtbot.wait(500)
        if number % 2:
            QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
        else:
            QTest.mouseMove(field.windowHandle(), QPoint(number, 1))
    assert woken and not expired


def moved(window):
    """To two places: at one of them the pointer may stand since another test."""
    for at in (QPoint(3, 4), QPoint(5, 6)):
        QTest.mouseMove(window, at)


@pytest.mark.parametrize("kind", [QDialog, QMenu])
@pytest.mark.parametrize(
    "sign",
    [
        lambda window: QTest.keyClick(window, Qt.Key.Key_A),
        lambda window: QTest.keyClick(window, Qt.Key.Key_F5),
        moved,
        lambda window: QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(3, 4)),
        lambda window: QTest.wheelEvent(window, QPointF(3, 4), QPoint(0, 120)),
    ],
    ids=["key", "shortcut", "move", "press", "wheel"],
)
def test_sees_every_sign_in_a_window_that_opened_after_it(qtbot, watch, kind, sign):
    opened = kind()
    opened.addAction(QAction("Read again", opened, shortcut="F5"))
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitUntil(lambda: watch._idle() > 0.2)
    before = watch._seen
    sign(opened.windowHandle())
    assert watch._seen > before
    opened.close()


def test_counts_the_time_that_the_machine_slept(qtbot, watch):
    watch._seen = (watch._seen[0], watch._seen[1] - 3600)
    with qtbot.waitSignal(watch.expired, timeout=300):
        pass


def test_costs_little_for_each_event(watch):
    event, start = QEvent(QEvent.Type.Paint), time.perf_counter()
    for _count in range(10_000):
        watch.eventFilter(watch, event)
    assert time.perf_counter() - start < 0.5
