"""Charts drawn once as vector shapes, for paper and for the screen: bars or a line, each number beside it.

They read in grey: nothing is told by colour alone. A hidden number has no height, only its word.
"""

import re
from dataclasses import dataclass

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from caseapp.documents import fonts
from caseapp.documents.text import Words
from caseapp.domain.charts import Chart, Mark, Point

_TOP, _BOTTOM, _SIDE = 26.0, 16.0, 6.0
_TITLE, _SMALL = 9.5, 7.0
_CLIP = re.compile(r"<clipPath.*?</clipPath>|clip-path=\"[^\"]*\"", re.DOTALL)
_FONT = re.compile(r"font-family: ?[^;\"]+")


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a chart, as `#rrggbb`; paper has its own."""

    ink: str = "#1d2420"
    second: str = "#56605a"
    line: str = "#c9cdc6"
    accent: str = "#0f5f57"

    def color(self, role: str) -> Color:
        """A colour that shapes take."""
        return HexColor(getattr(self, role))


PAPER = Palette()


def drawing(chart: Chart, width: float, height: float, palette: Palette = PAPER) -> Drawing:
    """The chart in points, its numbers beside the bars; many bars carry only those that fit."""
    fonts.register()
    made = Drawing(width, height)
    _add_text(made, 0, height - 10, chart.title, _TITLE, palette.color("ink"), is_bold=True)
    made.add(Line(0, _BOTTOM, width, _BOTTOM, strokeColor=palette.color("second"), strokeWidth=0.8))
    if chart.points:
        _draw(made, chart, width, height, palette)
    return made


def svg(made: Drawing, family: str) -> bytes:
    """The drawing for the screen; Qt paints clip paths black, so there are none."""
    text = renderSVG.drawToString(made)
    return _FONT.sub(f"font-family: {family}", _CLIP.sub("", text)).encode()


def _draw(made: Drawing, chart: Chart, width: float, height: float, palette: Palette) -> None:
    step = (width - 2 * _SIDE) / len(chart.points)
    room = height - _TOP - _BOTTOM - 10
    highest = max((one.value for one in chart.points if one.value), default=0.0) or 1.0
    if chart.is_line:
        highest = max(highest, 100.0)
    tops: list[float] = []
    shown = _every(chart.points, step)
    for place, point in enumerate(chart.points):
        middle = _SIDE + step * (place + 0.5)
        top = _BOTTOM + room * max(0.0, point.value or 0.0) / highest
        if point.value is not None and not chart.is_line:
            bar = min(step * 0.62, 34.0)
            made.add(_bar(middle, bar, top, palette))
        if point.value is not None and chart.is_line:
            tops += [middle, top]
            made.add(Circle(middle, top, 2.2, fillColor=palette.color("accent"), strokeColor=None))
        if place % shown == 0:
            size, ink = _SMALL, palette.color("ink")
            _add_text(made, middle, top + 4, point.words, size, ink, is_centred=True)
            _add_text(made, middle, 4, point.name, size, palette.color("second"), is_centred=True)
    if len(tops) > 2:
        made.add(PolyLine(tops, strokeColor=palette.color("accent"), strokeWidth=1.6, fillColor=None))
    if chart.mark is not None:
        _add_mark(made, chart.mark, step, height, palette)


def _add_mark(made: Drawing, mark: Mark, step: float, height: float, palette: Palette) -> None:
    """A dashed line with its words at the side that has more room."""
    x, top = _SIDE + step * mark.at, height - _TOP
    ink = palette.color("ink")
    made.add(Line(x, _BOTTOM, x, top + 5 + _SMALL, strokeColor=ink, strokeWidth=0.8, strokeDashArray=[2, 2]))
    width = stringWidth(mark.words, fonts.REGULAR, _SMALL)
    begins = x + 3 if x < made.width / 2 else x - 3 - width
    _add_text(made, begins, top + 5, mark.words, _SMALL, ink)


def _bar(middle: float, width: float, top: float, palette: Palette) -> Rect:
    made = Rect(middle - width / 2, _BOTTOM, width, top - _BOTTOM)
    made.fillColor, made.strokeColor = palette.color("accent"), None
    return made


def _every(points: tuple[Point, ...], step: float) -> int:
    """Each so-many-th bar has its name, so that names do not run into each other."""
    widest = max(stringWidth(text, fonts.REGULAR, _SMALL) for one in points for text in (one.name, one.words))
    return max(1, int(-(-(widest + 3) // step)))


def _add_text(
    made: Drawing,
    x: float,
    y: float,
    text: str,
    size: float,
    color: Color,
    *,
    is_bold: bool = False,
    is_centred: bool = False,
) -> None:
    made.add(
        String(
            x,
            y,
            Words().printable(text),
            fontName=fonts.BOLD if is_bold else fonts.REGULAR,
            fontSize=size,
            fillColor=color,
            textAnchor="middle" if is_centred else "start",
        )
    )
