"""How a day, an hour or a follow-up is painted in the calendar."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from caseapp.domain.follow_ups import FollowUp
from caseapp.ui.follow_ups.calendar_view import CalendarView
from caseapp.ui.follow_ups.grid import Cell
from caseapp.ui.follow_ups.grid_model import CELL_ROLE, Index
from caseapp.ui.screen import Desk


class CellPainter(QStyledItemDelegate):
    """A follow-up as a block of its tone; a day as its number."""

    def __init__(self, desk: Desk, tone: Callable[[FollowUp], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._tone = desk, tone

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, 24)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell = index.data(CELL_ROLE)
        theme, area = self._desk.look.theme, option.rect
        painter.save()
        if cell.is_outside:
            painter.fillRect(area, theme.color("ground"))
        painter.fillRect(area.right(), area.top(), 1, area.height(), theme.color("line"))
        if index.row() and index.model().headerData(index.row(), Qt.Orientation.Vertical):
            painter.fillRect(area.left(), area.top(), area.width(), 1, theme.color("line"))
        if cell.head:
            self._head(painter, area, cell)
        elif cell.row is not None:
            self._block(painter, area.adjusted(3, 2, -4, -2), cell.row)
        elif cell.more:
            self._text(painter, area.adjusted(10, 0, -6, 0), f"{cell.more} more", "accent", is_bold=True)
        if option.state & QStyle.StateFlag.State_Selected:
            has_focus = isinstance(option.widget, QWidget) and option.widget.hasFocus()
            self._ring(painter, area, "accent" if has_focus else "field_line")
        if isinstance(option.widget, CalendarView) and option.widget.carrying.target == index:
            self._ring(painter, area, "accent", style=Qt.PenStyle.DashLine)
        painter.restore()

    def _ring(
        self, painter: QPainter, area: QRect, role: str, *, style: Qt.PenStyle = Qt.PenStyle.SolidLine
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._desk.look.theme.color(role), 2, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(2, 1, -3, -1), 6, 6)

    def _head(self, painter: QPainter, area: QRect, cell: Cell) -> None:
        painter.fillRect(area.left(), area.top(), area.width(), 1, self._desk.look.theme.color("line"))
        is_today = cell.day == self._desk.services.context.today()
        role = "accent" if is_today else "second"
        self._text(painter, area.adjusted(10, 0, -6, 0), cell.head, role, is_bold=is_today)

    def _block(self, painter: QPainter, area: QRect, one: FollowUp) -> None:
        theme, tone = self._desk.look.theme, self._tone(one)
        plain = tone == "neutral"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_ground" if plain else f"{tone}_ground"))
        painter.drawRoundedRect(area, 6, 6)
        role = "text" if plain else tone
        clock = f"{self._desk.local(one.due_at):%H:%M} " if one.due_at else ""
        inside = area.adjusted(8, 0, -6, 0)
        small = QFontMetrics(self._font(is_bold=True)).height()
        if area.height() < small * 2 + 2:
            self._text(painter, inside, f"{clock}{one.person_name}", role, is_bold=True)
            return
        top = QRect(inside.left(), area.center().y() - small, inside.width(), small)
        self._text(painter, top, f"{clock}{one.person_name}", role, is_bold=True)
        self._text(painter, top.translated(0, small), one.what, "text" if plain else tone)

    def _text(self, painter: QPainter, area: QRect, text: str, role: str, *, is_bold: bool = False) -> None:
        font = self._font(is_bold=is_bold)
        painter.setFont(font)
        painter.setPen(self._desk.look.theme.color(role))
        shown = QFontMetrics(font).elidedText(
            text.replace("\n", " "), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _font(self, *, is_bold: bool) -> QFont:
        font = QFont(self._desk.look.family)
        font.setPixelSize(self._desk.look.pixels(12))
        font.setBold(is_bold)
        return font
