"""The one family on paper, embedded in every page: Open Sans (Latin, Vietnamese, Cyrillic, Greek)."""

from functools import cache
from typing import Any

from reportlab import rl_config
from reportlab.graphics import shapes
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import tables
from ttf_opensans import opensans

REGULAR, BOLD, ITALIC = "OpenSans", "OpenSans-Bold", "OpenSans-Italic"


@cache
def register() -> None:
    """Register the family once, and put it in the three places where an un-embedded font would sneak in."""
    for name, weight, italic in ((REGULAR, 400, False), (BOLD, 700, False), (ITALIC, 400, True)):
        path = opensans(font_weight=weight, italic=italic).path
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    rl_config.canvas_basefontname = REGULAR
    tables.CellStyle.fontname = REGULAR
    shapes.STATE_DEFAULTS["fontName"] = REGULAR


@cache
def known_letters() -> frozenset[int]:
    """Code points that the family can draw."""
    register()
    regular: Any = pdfmetrics.getFont(REGULAR)
    return frozenset(regular.face.charToGlyph)
