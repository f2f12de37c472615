"""A chart on the screen: the same vector shapes as on paper, in the colours of the theme."""

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from caseapp.documents import charts
from caseapp.domain.charts import Chart
from caseapp.ui.theme import Look

_POINT = 0.75
"""Points in a pixel at 100 %: what paper counts in and what a screen counts in."""

_HEIGHT = 150


class ChartView(QWidget):
    """One chart; what it says is its spoken name."""

    def __init__(
        self, chart: Chart, look: Look, *, height: int = _HEIGHT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._renderer = QSvgRenderer(self)
        self.show_chart(chart)
        self.setMinimumSize(look.pixels(260), look.pixels(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chart(self, chart: Chart) -> None:
        """Draw this one from now on."""
        self._chart, self._drawn = chart, QSize()
        self.setAccessibleName(chart.sentence)
        self.setToolTip(chart.sentence)
        self.update()

    @property
    def renderer(self) -> QSvgRenderer:
        """What draws it, up to date with the size."""
        if self._drawn != self.size():
            self._drawn = self.size()
            self._renderer.load(QByteArray(self._svg()))
        return self._renderer

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.renderer.render(painter, QRectF(self.rect()))
        painter.end()

    def _svg(self) -> bytes:
        roles, scale = self._look.theme.roles, _POINT * 100 / self._look.percent
        palette = charts.Palette(roles["text"], roles["second"], roles["line"], roles["accent"])
        drawn = charts.drawing(self._chart, self.width() * scale, self.height() * scale, palette)
        return charts.svg(drawn, self._look.family)
