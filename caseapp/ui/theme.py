"""The look as data: colour roles of a theme file become a palette and a style sheet."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from ttf_opensans import opensans

from caseapp.system import paths
from caseapp.ui.window_state import WindowState

THEMES = ("light", "dark", "contrast")
BASE_SIZE = 14
"""Pixels of ordinary text at 100 %."""

SIZES = (90, 100, 125, 150, 200)
"""Percentages of text size that are offered."""

_STYLE = "fusion"
"""Qt's own style that looks alike everywhere, under the sheet."""

_ROLE = re.compile(r"@([a-z_]+)")
_PIXELS = re.compile(r"\{(\d+)\}")
"""Pixels at 100 % of what stands beside letters and grows with them."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role; `is_dark` only says which way images should lean."""

    name: str
    is_dark: bool
    roles: dict[str, str]

    def color(self, role: str) -> QColor:
        """The colour of a role."""
        return QColor(self.roles[role])


@cache
def load(name: str) -> Theme:
    """Read a theme file by its short name."""
    content = tomllib.loads(paths.resource("themes", f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(content["name"], content["is_dark"], content["roles"])


class Look:
    """The theme and text size in use; screens ask it for colours when they draw themselves."""

    def __init__(self, theme: Theme, percent: int = 100, *, state: WindowState | None = None) -> None:
        self.theme, self.percent = theme, percent
        self.state = state or WindowState()
        self.family = _family()

    @classmethod
    def remembered(cls, state: WindowState) -> "Look":
        """The look that was chosen last, light at 100 % at first."""
        theme, size = state.read("theme"), state.read_numbers("text-size")
        return cls(
            load(theme if theme in THEMES else THEMES[0]),
            size[0] if size and size[0] in SIZES else 100,
            state=state,
        )

    def choose(self, application: QApplication, *, theme: str = "", percent: int = 0) -> None:
        """Change the theme by its short name or the text size, at once and for the next time."""
        if theme:
            self.theme = load(theme)
            self.state.write("theme", theme)
        if percent:
            self.percent = percent
            self.state.write_numbers("text-size", [percent])
        self.apply(application)

    def apply(self, application: QApplication) -> None:
        """Put the look on the application and on every dressed window; one that is there already stays."""
        font = QFont(self.family)
        font.setPixelSize(self.pixels(BASE_SIZE))
        palette = _palette(self.theme)
        if application.style().name() != _STYLE:
            application.setStyle(_STYLE)
        if application.font() != font:
            application.setFont(font)
        if application.palette() != palette:
            application.setPalette(palette)
        for window in application.topLevelWidgets():
            if window.styleSheet():
                self.dress(window)

    def dress(self, window: QWidget) -> None:
        """Put the sheet on a window; what comes into it takes it, and so do dialogs and menus of its own.

        A sheet of the application would be put on every part anew each time that it, or what holds it,
        finds its place: three times the work of making a screen.
        """
        sheet = self.style_sheet()
        if window.styleSheet() != sheet:
            window.setStyleSheet(sheet)

    def pixels(self, size: int) -> int:
        """A size at the chosen percentage."""
        return round(size * self.percent / 100)

    def style_sheet(self) -> str:
        """The sheet with roles and sizes put in."""
        sheet = paths.resource("base.qss").read_text(encoding="utf-8")
        sizes = {"small": 12, "title": 21, "big": 15}
        for name, size in sizes.items():
            sheet = sheet.replace(f"{{{name}}}", str(self.pixels(size)))
        for name, value in self._pictures().items():
            sheet = sheet.replace(f"{{{name}}}", value)
        sheet = _PIXELS.sub(lambda match: str(self.pixels(int(match[1]))), sheet)
        return _ROLE.sub(lambda match: self.theme.roles[match[1]], sheet)

    def _pictures(self) -> dict[str, str]:
        """A style sheet cannot tint a picture, so each comes in black and in white."""
        on_panel = "-white" if self.theme.is_dark else ""
        on_accent = "" if self.theme.is_dark else "-white"
        files = {"check": f"check{on_accent}"}
        files |= {name: f"{name}{on_panel}" for name in ("chevron-down", "chevron-up")}
        return {name: paths.resource("icons", f"{file}.svg").as_posix() for name, file in files.items()}


@cache
def _family() -> str:
    """Open Sans from its wheel, so that every desk has the letters of every name."""
    names = [_register(weight) for weight in (400, 600, 700)]
    return names[0]


def _register(weight: int) -> str:
    number = QFontDatabase.addApplicationFont(str(opensans(font_weight=weight, italic=False).path))
    families = QFontDatabase.applicationFontFamilies(number)
    return families[0] if families else "Sans Serif"


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    pairs = {
        QPalette.ColorRole.Window: "ground",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "panel",
        QPalette.ColorRole.AlternateBase: "navigation",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "panel",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Highlight: "selection",
        QPalette.ColorRole.HighlightedText: "text",
        QPalette.ColorRole.PlaceholderText: "faint",
        QPalette.ColorRole.ToolTipBase: "panel",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Link: "accent",
    }
    for role, name in pairs.items():
        palette.setColor(role, theme.color(name))
    return palette
