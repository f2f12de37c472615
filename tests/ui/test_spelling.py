"""The spell check in a note: marks as somebody types, other words by a key, the agency's own words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from caseapp.ui.spelling.marks import SpellMarks
from tests.builders import a_person
from tests.ui.driving import settle


@pytest.fixture
def note(qtbot, window, worker):
    """The first field of the note of an open contact form, with the focus."""
    person_id = worker.people.add(details=a_person())
    window.log_contact(person_id)
    settle(qtbot, window)
    field = window.contact_form.notes.findChildren(QPlainTextEdit)[0]
    field.setFocus()
    return field


def marks(field):
    return field.findChild(SpellMarks)


def type_in(qtbot, window, field, text, found):
    qtbot.keyClicks(field, text)
    qtbot.waitUntil(lambda: marks(field).words == found, timeout=20_000)
    settle(qtbot, window)


def underlined(field):
    return [one.cursor.selectedText() for one in field.extraSelections()]


def press_in_menu(qtbot, field, key):
    menu = marks(field).menu
    qtbot.waitUntil(lambda: menu.activeAction() is not None, timeout=10_000)
    qtbot.keyClick(menu, key)


def test_marks_what_nothing_knows_and_not_the_word_being_typed(qtbot, window, note):
    note.insertPlainText("Left word 😀 ")
    type_in(qtbot, window, note, "with sheltr tomorow", ["sheltr", "tomorow"])
    assert underlined(note) == ["sheltr"]
    assert "2 words" in note.accessibleDescription()
    qtbot.keyClicks(note, " ")
    assert underlined(note) == ["sheltr", "tomorow"]


def test_names_of_whom_it_is_about_are_right(qtbot, window, note):
    type_in(qtbot, window, note, "Okafor slept. Okafr slept. ", ["Okafr"])


def test_a_key_offers_others_and_one_more_puts_it_in(qtbot, window, note):
    type_in(qtbot, window, note, "went tomorow ", ["tomorow"])
    qtbot.keyClick(note, Qt.Key.Key_F7)
    press_in_menu(qtbot, note, Qt.Key.Key_Return)
    assert note.toPlainText() == "went tomorrow "
    qtbot.waitUntil(lambda: marks(note).words == [], timeout=5_000)
    note.setFocus()
    qtbot.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert note.toPlainText() == "went tomorow "


def test_adds_a_word_for_the_whole_agency(qtbot, window, worker, note):
    type_in(qtbot, window, note, "slept by the zubnik ", ["zubnik"])
    qtbot.keyClick(note, Qt.Key.Key_F7)
    press_in_menu(qtbot, note, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: marks(note).words == [], timeout=5_000)
    assert worker.spelling.get().words == ("zubnik",)


def test_lets_a_word_be_for_now(qtbot, window, worker, note):
    type_in(qtbot, window, note, "slept by the zubnik ", ["zubnik"])
    qtbot.keyClick(note, Qt.Key.Key_F7)
    press_in_menu(qtbot, note, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: marks(note).words == [], timeout=5_000)
    assert worker.spelling.get().words == ()


def test_the_mouse_offers_the_same_and_the_usual_elsewhere(qtbot, window, note):
    type_in(qtbot, window, note, "went tomorow ", ["tomorow"])
    cursor = QTextCursor(note.document())
    cursor.setPosition(len("went to"))
    note.customContextMenuRequested.emit(note.cursorRect(cursor).center())
    words = [one.text() for one in marks(note).menu.actions()]
    assert any("agency's words" in one for one in words)
    marks(note).menu.close()
    cursor.setPosition(1)
    note.customContextMenuRequested.emit(note.cursorRect(cursor).center())
    assert any("Paste" in one.text() for one in marks(note).menu.actions())
    marks(note).menu.close()
    QApplication.processEvents()


def test_a_save_never_waits_behind_the_dictionaries(qtbot, window, worker, note):
    """Reading them runs beside the thread of what was asked for."""
    from caseapp.system import spelling

    spelling._READ.clear()
    qtbot.keyClicks(note, "went home")
    qtbot.wait(400)
    done = []
    window.tasks.run(lambda: 1, then=done.append, failed=done.append)
    qtbot.waitUntil(lambda: done == [1], timeout=400)
    settle(qtbot, window)
