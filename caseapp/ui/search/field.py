"""The one search field: results under it as one types, opened by Enter."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from caseapp.services.search import Hit
from caseapp.ui.screen import Desk

_PAUSE = 60
"""Milliseconds after a key before the search runs; a next key replaces it."""

_SHOWN = 12

_OPENS = {"person": "person", "call": "calls", "referral": "referral", "service": "directory"}


class SearchField(QLineEdit):
    """Finds people, calls, services and reply codes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setPlaceholderText("Find a person, call, place or agency    Ctrl+K")
        self.setAccessibleName("Search")
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(160)
        self.setMaximumWidth(620)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE)
        self._wait.timeout.connect(self._search)
        self.textEdited.connect(lambda _text: self._wait.start())
        self._asked = ""
        self.results: QListWidget | None = None
        self._shown_for = ""

    def start(self) -> None:
        """Put the cursor in and mark what stands there."""
        self.setFocus()
        self.selectAll()

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        shown = self.results
        key = arg__1.key()
        if shown is not None and shown.isVisible() and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            shown.setCurrentRow(min(max(shown.currentRow() + step, 0), shown.count() - 1))
        elif shown is not None and shown.isVisible() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(shown)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._search()
        elif key == Qt.Key.Key_Escape:
            self.hide_results()
        else:
            super().keyPressEvent(arg__1)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.MouseButtonPress):
            self.hide_results()
        return super().eventFilter(watched, event)

    @override
    def focusOutEvent(self, arg__1: QFocusEvent) -> None:
        super().focusOutEvent(arg__1)
        self.hide_results()

    def _take(self, shown: QListWidget) -> None:
        """Open what is chosen, or first show what answers the words that stand there now."""
        if self._shown_for == self.text():
            self._open(shown.currentItem())
        else:
            self._search()

    def _search(self) -> None:
        self._wait.stop()
        text = self.text()
        if not text.strip():
            self.hide_results()
            return
        self._asked = text
        search = self._desk.services.search
        self._desk.tasks.run(
            lambda: search.find(query=text, limit=_SHOWN, is_complete=False),
            then=lambda hits: self._show_first(text, hits),
            failed=lambda _error: self.hide_results(),
            key="search",
        )

    def _show_first(self, text: str, hits: list[Hit]) -> None:
        """Show at once whom it takes no time to find, and look for whoever else is meant."""
        if text != self._asked:
            return
        if hits:
            self._show(hits)
        search = self._desk.services.search
        self._desk.tasks.run_late(
            lambda: search.find(query=text, limit=_SHOWN),
            then=lambda whole: self._show_whole(text, hits, whole),
            failed=lambda _error: None if hits else self.hide_results(),
            key="search",
        )

    def _show_whole(self, text: str, first: list[Hit], hits: list[Hit]) -> None:
        """Whoever is marked among the first stays so, and nobody else instead: Enter opens whom one saw."""
        if text != self._asked or (hits == first and hits):
            return
        marked = self._list().currentItem() if first else None
        seen = marked.data(Qt.ItemDataRole.UserRole) if marked else None
        same = (number for number, hit in enumerate(hits) if seen and _is_same(hit, seen))
        self._show(hits, marked=next(same, -1 if seen else 0))

    def _show(self, hits: list[Hit], *, marked: int = 0) -> None:
        self._shown_for = self._asked
        shown = self._list()
        shown.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.title}\n{hit.second_line or ' '}   ({hit.how})")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{hit.title}, {hit.second_line}, found by {hit.how}"
            )
            item.setSizeHint(QSize(0, self._desk.look.pixels(50)))
            shown.addItem(item)
        if not hits:
            item = QListWidgetItem("Nobody found. Try fewer letters, a phone or a birth date.")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            shown.addItem(item)
        shown.setCurrentRow(marked)
        self._place(shown)

    def _list(self) -> QListWidget:
        if self.results is None:
            window = self.window()
            self.results = QListWidget(window)
            self.results.setAccessibleName("Search results")
            self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.results.setObjectName("results")
            self.results.itemClicked.connect(self._open)
            window.installEventFilter(self)
        return self.results

    def _place(self, shown: QListWidget) -> None:
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        window = self.window()
        height = min(shown.count(), 8) * self._desk.look.pixels(50) + 6
        room = QSize(window.width() - corner.x(), window.height() - corner.y())
        shown.setGeometry(
            QRect(corner, QSize(max(self.width(), self._desk.look.pixels(480)), height).boundedTo(room))
        )
        shown.raise_()
        shown.show()

    def _open(self, item: QListWidgetItem | None) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole) if item else None
        if hit is not None:
            self.hide_results()
            self.setText("")  # and not clear(), after which Ctrl+Z would bring these words back
            self._desk.show(_OPENS[hit.kind], hit.record_id)

    def hide_results(self) -> None:
        """Close the list under the field; what is still looked for is shown no more."""
        self._wait.stop()
        self._asked = ""
        if self.results is not None:
            self.results.hide()


def _is_same(one: Hit, other: Hit) -> bool:
    return (one.kind, one.record_id) == (other.kind, other.record_id)
