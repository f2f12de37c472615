"""The only module of the desk that gives anything away: clipboard, printer, place of a file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from caseapp.domain.errors import CaseAppError
from caseapp.system import files


def to_clipboard(text: str) -> None:
    """Put a text where other programs can take it."""
    QGuiApplication.clipboard().setText(text)


@runtime_checkable
class SaysRefusal(Protocol):
    """Whoever shows why something did not work."""

    def refused(self, error: Exception) -> None:
        """Show the sentence of a refusal."""


def ask_where(parent: QWidget, title: str, name: str, kind: str, *, read: Iterable[Path] = ()) -> Path | None:
    """Where to save, or None; a database, what belongs to one, and what is `read` here are refused."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, kind)
    try:
        if chosen:
            files.check_not_ours(Path(chosen))
            files.check_apart(Path(chosen), read)
    except CaseAppError as error:
        if isinstance(parent, SaysRefusal):
            parent.refused(error)
        return None
    return Path(chosen) if chosen else None


def choose_printer(parent: QWidget) -> QPrinter | None:
    """The printer that the user chose, or None."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    return printer if QPrintDialog(printer, parent).exec() else None


def paint(printer: QPrinter, pdf: bytes, parent: QWidget) -> bool:
    """Print the pages as they are; False where the printer took nothing."""
    pages, buffer = QPdfDocument(parent), QBuffer(parent)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    pages.load(buffer)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    area = printer.pageRect(QPrinter.Unit.DevicePixel).toRect()
    for number in range(pages.pageCount()):
        if number:
            printer.newPage()
        painter.drawImage(area, pages.render(number, area.size()))
    return painter.end()
