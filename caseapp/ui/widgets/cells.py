"""Draws the cells of every table alike: a chip, or a strong line and a quieter second one."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from caseapp.ui.theme import Look

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE, SECOND_ROLE, TONE_ROLE, BOLD_ROLE = (Qt.ItemDataRole.UserRole + n for n in range(1, 5))

LEFT = 14
"""Pixels before a cell's text, the same as before a panel's title and a column's head."""

_ONE_LINE, _TWO_LINES = 36, 54
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_AROUND_CHIP = 16
"""Pixels of a chip beside its text."""


class CellDelegate(QStyledItemDelegate):
    """Paints with the colours and the text size of the look in use."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def row_height(self, *, has_second: bool) -> int:
        """Pixels that a row of one line or of two needs."""
        return self._look.pixels(_TWO_LINES if has_second else _ONE_LINE)

    def width_for(self, text: str, *, is_bold: bool = False) -> int:
        """Pixels of a cell in which a text is shown whole, as a chip too."""
        plain = QFontMetrics(self._font(14, is_bold=is_bold)).horizontalAdvance(text)
        pill = QFontMetrics(self._font(12)).horizontalAdvance(text) + _AROUND_CHIP
        return LEFT + max(plain, pill) + 8

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(option.rect, self._look.theme.color("selection"))
        area: QRect = option.rect.adjusted(LEFT, 6, -6, -6)
        text, tone = str(index.data() or ""), index.data(TONE_ROLE)
        if tone and text:
            self._chip(painter, area, text, tone)
        else:
            self._lines(painter, area, index, text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._edges(painter, option, is_focused=is_selected and _has_focus(option))
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self.row_height(has_second=bool(index.data(SECOND_ROLE))))

    def _edges(self, painter: QPainter, option: QStyleOptionViewItem, *, is_focused: bool) -> None:
        """A hairline under each row; a frame for the row that has the keyboard."""
        theme, area = self._look.theme, option.rect
        if is_focused:
            painter.fillRect(area.left(), area.top(), area.width(), 2, theme.color("accent"))
            painter.fillRect(area.left(), area.bottom() - 1, area.width(), 2, theme.color("accent"))
            return
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color("line"))

    def _chip(self, painter: QPainter, area: QRect, text: str, tone: str) -> None:
        theme, font = self._look.theme, self._font(12)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width() - _AROUND_CHIP)
        width, height = metrics.horizontalAdvance(shown) + _AROUND_CHIP, metrics.height() + 4
        pill = QRect(area.left(), area.center().y() - height // 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plain = tone == "neutral"
        painter.setPen(theme.color("line" if plain else f"{tone}_ground"))
        painter.setBrush(theme.color("panel" if plain else f"{tone}_ground"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(theme.color("second" if plain else tone))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)

    def _lines(self, painter: QPainter, area: QRect, index: Index, text: str) -> None:
        font = self._font(14, is_bold=bool(index.data(BOLD_ROLE)))
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._look.theme.color("text"))
        second = str(index.data(SECOND_ROLE) or "")
        if not second.strip():
            stands = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole) or _LEFT)
            _one_or_two(painter, area, text, metrics, stands, may_wrap=not second)
            return
        top = QRect(area.left(), area.top(), area.width(), metrics.height())
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, _cut(metrics, text, area.width()))
        small = self._font(12)
        painter.setFont(small)
        painter.setPen(self._look.theme.color("second"))
        below = QRect(area.left(), top.bottom() + 2, area.width(), QFontMetrics(small).height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, _cut(QFontMetrics(small), second, area.width()))

    def _font(self, size: int, *, is_bold: bool = False) -> QFont:
        font = QFont(self._look.family)
        font.setPixelSize(self._look.pixels(size))
        font.setBold(is_bold)
        return font


def _has_focus(option: QStyleOptionViewItem) -> bool:
    view = option.widget
    return isinstance(view, QWidget) and view.hasFocus()


def _one_or_two(
    painter: QPainter,
    area: QRect,
    text: str,
    metrics: QFontMetrics,
    flags: Qt.AlignmentFlag = _LEFT,
    *,
    may_wrap: bool,
) -> None:
    """Two lines where they may be and have room, one cut line otherwise, also where a word alone is wider."""
    wrapped = int(flags) | int(Qt.TextFlag.TextWordWrap)
    widest = max(map(metrics.horizontalAdvance, text.split()), default=0)
    one_line = _cut(metrics, text, area.width())
    if may_wrap and widest <= area.width() and one_line != text:
        for shown in (text.replace("\n", " "), _cut(metrics, text, int(area.width() * 1.8))):
            if metrics.boundingRect(area, wrapped, shown).height() <= area.height():
                painter.drawText(area, wrapped, shown)
                return
    painter.drawText(area, flags, one_line)


def _cut(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, width)
