"""The pages of a PDF in a panel, as they will print."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QStackedLayout, QWidget

from caseapp.ui.widgets.basics import label


class Pages(QWidget):
    """Shows bytes; nothing of them goes to the disk."""

    def __init__(self, name: str) -> None:
        super().__init__()
        # The document is made before the view, so that Qt lets it go first: the view follows its signals.
        self._pages, self._buffer = QPdfDocument(self), QBuffer(self)
        self._view = QPdfView(self)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setDocument(self._pages)
        self._view.setAccessibleName(name)
        nothing = label("No page yet. What may leave shows here as it will print.", "second", wraps=True)
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._view)

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return self._pages.pageCount()

    def show_pdf(self, pdf: bytes) -> None:
        """Show these pages instead; no bytes show none, and take no keyboard: Tab would end there."""
        self._pages.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._stack.setCurrentIndex(1 if pdf else 0)
        self.setFocusProxy(self._view if pdf else None)  # type: ignore[arg-type]
        if pdf:
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self._pages.load(self._buffer)

    def turn_to(self, page: int) -> None:
        """Bring a page into view, counted from 0."""
        if 0 <= page < self.count:
            self._view.pageNavigator().jump(page, QPointF(0, 0))
