"""Ctrl+Z in a field that nothing was typed into takes back what the desk did last."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override


class UndoKey(QObject):
    """Every field of text keeps Ctrl+Z for itself, needed or not; one that has nothing to undo lets it go.

    A field in which typing was taken back keeps it, so that holding the key ends with the typing.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, (QLineEdit, QPlainTextEdit)):
            now.removeEventFilter(self)
            now.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Undo) or _was_typed_into(watched):
            return False
        event.ignore()
        return True


def _was_typed_into(field: QObject) -> bool:
    if isinstance(field, QPlainTextEdit):
        document = field.document()
        return document.isUndoAvailable() or document.isRedoAvailable()
    return isinstance(field, QLineEdit) and (field.isUndoAvailable() or field.isRedoAvailable())
