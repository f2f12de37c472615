"""Our own icons, drawn once as outlines and tinted with a role's colour."""

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from caseapp.system import paths

_INK = "#000000"
_SIZES = (16, 20, 24, 48)


@lru_cache(maxsize=256)
def icon(name: str, color: str) -> QIcon:
    """An icon in a colour, sharp at every size that is used."""
    found = QIcon()
    for size in _SIZES:
        found.addPixmap(pixmap(name, color, size))
    return found


@lru_cache(maxsize=512)
def pixmap(name: str, color: str, size: int) -> QPixmap:
    """One size of an icon; the picture is drawn at twice the size for sharp screens."""
    drawn = QPixmap(size * 2, size * 2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(_outline(name).replace(_INK, color).encode())).render(painter)
    painter.end()
    drawn.setDevicePixelRatio(2)
    return drawn


@cache
def _outline(name: str) -> str:
    """The drawing in black, read once for all its colours and sizes."""
    return paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")
