"""Marks the words of a field that nothing knows, and offers others by the mouse or by a key."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit
from typing_extensions import override

from caseapp.domain.spelling import Word
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import keys_inside

KEY = "F7"
_AFTER = 300
"""Milliseconds after a key before the text is looked at."""

_MOST = 300
"""Words that are marked at most: a text of another language is one finding, not a thousand."""


def mark_spelling(field: QPlainTextEdit, desk: Desk, names: Callable[[], str] = str) -> "SpellMarks":
    """Check a field as it is typed; `names` tells whom it is about, whose names are right."""
    return SpellMarks(field, desk, names)


class SpellMarks(QObject):
    """Underlines in one field; it lives as long as the field."""

    def __init__(self, field: QPlainTextEdit, desk: Desk, names: Callable[[], str]) -> None:
        super().__init__(field)
        self.field, self._desk, self._names = field, desk, names
        self.menu: QMenu | None = None
        self._found: list[QTextCursor] = []
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_AFTER)
        self._wait.timeout.connect(self._look)
        field.textChanged.connect(self._on_text)
        field.cursorPositionChanged.connect(self._paint)
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        field.customContextMenuRequested.connect(self._on_menu)
        field.installEventFilter(self)
        desk.spelling.changed.connect(self._on_known)
        keys_inside(field, KEY, self.next)

    @property
    def words(self) -> list[str]:
        """The words that are not known."""
        return [one.selectedText() for one in self._found if one.hasSelection()]

    def next(self) -> None:
        """Offer others for the word at the cursor, or for the first that is not known after it."""
        here = self.field.textCursor().position()
        after = [one for one in self._found if one.hasSelection() and one.selectionEnd() >= here]
        one = next(iter(after or [one for one in self._found if one.hasSelection()]), None)
        if one is None:
            return
        at = QTextCursor(one)
        at.setPosition(one.selectionEnd())
        self.field.setTextCursor(at)
        self.field.ensureCursorVisible()
        self._open(self._menu_for(one), self.field.cursorRect().bottomLeft())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and not self._found:
            self._wait.start()
        return super().eventFilter(watched, event)

    def _on_text(self) -> None:
        if self.field.hasFocus():
            self._wait.start()
        elif not self.field.document().isEmpty():
            self._on_known()
        else:
            self._mark([])

    def _on_known(self) -> None:
        if self.field.isVisible() and not self.field.document().isEmpty():
            self._wait.start()

    def _look(self) -> None:
        text = self.field.toPlainText()
        if text.strip():
            self._desk.spelling.look(
                text, partial(self._on_found, text), names=self._names(), key=str(id(self))
            )
        else:
            self._mark([])

    def _on_found(self, text: str, found: list[Word]) -> None:
        if text == self.field.toPlainText():
            self._mark(_in_units(text, found[:_MOST]))

    def _mark(self, places: list[tuple[int, int]]) -> None:
        self._found = []
        for start, end in places:
            cursor = QTextCursor(self.field.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.setKeepPositionOnInsert(True)
            self._found.append(cursor)
        count = len(places)
        words = f"{count} word{'s' if count > 1 else ''} not known, {KEY} offers others" if count else ""
        self.field.setAccessibleDescription(words)
        self._paint()

    def _paint(self) -> None:
        """The word that is being typed is not marked before it is left."""
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        look.setUnderlineColor(QColor(self._desk.look.theme.roles["danger"]))
        shown = []
        for one in self._to_mark():
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = one, look
            shown.append(selection)
        self.field.setExtraSelections(shown)

    def _to_mark(self) -> list[QTextCursor]:
        here = self.field.textCursor().position() if self.field.hasFocus() else -1
        return [one for one in self._found if one.hasSelection() and one.selectionEnd() != here]

    def _on_menu(self, at: QPoint) -> None:
        place = self.field.cursorForPosition(at).position()
        one = next((one for one in self._found if _holds(one, place)), None)
        self._open(self._menu_for(one) if one else self._plain_menu(), at)

    def _plain_menu(self) -> QMenu:
        menu = self.field.createStandardContextMenu()
        menu.setParent(self.field, menu.windowFlags())
        return menu

    def _menu_for(self, one: QTextCursor) -> QMenu:
        """Others for a word, which come when they are found; then what else can be done with it."""
        word = one.selectedText()
        menu = QMenu(self.field)
        looking = menu.addAction("Looking for others …")
        looking.setEnabled(False)
        menu.addSeparator()
        menu.addAction(f"&Add “{word}” to the agency's words", lambda: self._add(word))
        menu.addAction("&Let it be until the next sign-in", lambda: self._desk.spelling.let_be(word))
        self._desk.spelling.propose(word, lambda found: self._offer(menu, looking, one, found))
        return menu

    def _offer(self, menu: QMenu, looking: QAction, one: QTextCursor, found: list[str]) -> None:
        if menu is not self.menu:
            return
        if not found:
            looking.setText("No other word is near it")
            return
        made = []
        for number, word in enumerate(found, start=1):
            action = QAction(f"&{number} {word}", menu)
            action.triggered.connect(partial(self._put, one, word))
            made.append(action)
        menu.insertActions(looking, made)
        menu.removeAction(looking)
        menu.setActiveAction(made[0])

    def _open(self, menu: QMenu, at: QPoint) -> None:
        self.menu = menu
        menu.aboutToHide.connect(self._on_closed)
        menu.popup(self.field.viewport().mapToGlobal(at))

    def _on_closed(self) -> None:
        if self.menu is not None:
            self.menu.deleteLater()
            self.menu = None

    def _put(self, one: QTextCursor, word: str) -> None:
        """The chosen word in place of the other; Ctrl+Z in the field takes it back."""
        kept = word.capitalize() if one.selectedText()[:1].isupper() else word
        one.insertText(kept)

    def _add(self, word: str) -> None:
        self._desk.spelling.add(word, lambda error: self._desk.say(sentence(error), None))


def _holds(one: QTextCursor, place: int) -> bool:
    return one.hasSelection() and one.selectionStart() <= place <= one.selectionEnd()


def _in_units(text: str, words: list[Word]) -> list[tuple[int, int]]:
    """Where words begin and end as Qt counts: a letter beyond the first plane counts twice."""
    places, done, more = [], 0, 0
    for word in words:
        more += sum(letter > "\uffff" for letter in text[done : word.start])
        done = word.start
        start = word.start + more
        places.append((start, start + len(word.text)))
    return places
