"""What forms offer follows what a colleague changes elsewhere."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from caseapp.domain.access import Role
from tests.builders import services_as
from tests.ui.driving import settle


def open_place(qtbot, window, name):
    window.show_place(name, None)
    settle(qtbot, window)
    return window.current


def test_offers_whom_another_desk_added_and_keeps_what_was_chosen(qtbot, window, signed_in):
    screen = open_place(qtbot, window, "new-case")
    chosen = screen.worker.currentData()
    colleague = services_as(signed_in, Role.PEER_SPECIALIST).context.actor
    open_place(qtbot, window, "today")
    assert screen.worker.findText(colleague.name) >= 0 and screen.worker.currentData() == chosen


def test_forgets_the_forms_that_another_look_took_away(qtbot, window, signed_in):
    open_place(qtbot, window, "new-case")
    open_place(qtbot, window, "today")
    window.appearance.look_changed.emit()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    colleague = services_as(signed_in, Role.PEER_SPECIALIST).context.actor
    open_place(qtbot, window, "people")
    assert colleague.name in [words for _id, words in window.desk.lists.workers()]
    assert open_place(qtbot, window, "new-case").worker.findText(colleague.name) >= 0
