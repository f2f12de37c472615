import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

import caseapp.ui
from caseapp.ui.icons import pixmap
from caseapp.ui.theme import THEMES, Look, load

TEXT_PAIRS = [
    ("text", "ground"),
    ("text", "panel"),
    ("text", "selection"),
    ("text", "navigation"),
    ("second", "panel"),
    ("second", "ground"),
    ("second", "navigation"),
    ("faint", "panel"),
    ("on_accent", "accent"),
    *((tone, f"{tone}_ground") for tone in ("accent", "warning", "danger", "good")),
    ("danger", "panel"),
]


def luminance(color):
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in color.getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
class TestThemes:
    @pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
    def test_give_text_enough_contrast(self, name, front, back):
        roles = load(name).roles
        assert contrast(roles[front], roles[back]) >= 4.5

    def test_give_a_field_a_border_that_shows(self, name):
        roles = load(name).roles
        assert contrast(roles["field_line"], roles["panel"]) >= 3
        assert contrast(roles["accent"], roles["panel"]) >= 3

    def test_fill_every_role_of_the_style_sheet(self, name, qapp):
        sheet = Look(load(name), 150).style_sheet()
        assert not re.search(r"@[a-z]|\{[a-z-]+\}", sheet)


def test_no_screen_names_a_colour():
    for file in Path(caseapp.ui.__file__).parent.rglob("*.py"):
        if file.name != "icons.py":
            assert not re.search(r"#[0-9a-fA-F]{6}\b", file.read_text(encoding="utf-8")), file.name


def test_every_icon_draws_something(qapp):
    from caseapp.system.paths import resource

    for file in resource("icons").glob("*.svg"):
        image = pixmap(file.stem, "#0f5f57", 24).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(48) for y in range(48)), file.stem
