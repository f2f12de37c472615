import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

import caseapp.ui
from caseapp.domain.contacts import NoteForm
from caseapp.ui.icons import pixmap
from caseapp.ui.main_window import MainWindow
from caseapp.ui.places import PLACES
from caseapp.ui.theme import THEMES, Look, load
from caseapp.ui.widgets.inset import Inset
from tests.builders import a_person
from tests.ui.driving import settle

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


LONG = "Maximiliana-Alexandrina Konstantinopolskaya-Featherstonehaugh de la Santísima Trinidad"


@pytest.mark.parametrize("percent", [100, 200])
def test_a_long_name_neither_widens_the_window_nor_cuts_the_title(qtbot, worker, percent):
    person_id = worker.people.add(details=a_person(LONG.split()[0], " ".join(LONG.split()[1:]), points=()))
    look = Look(load("dark"), percent)
    look.apply(QApplication.instance())
    window = MainWindow(worker, look, PLACES, database="agency.caseapp", agency="Riverside Follow-up")
    qtbot.addWidget(window)
    window.show()
    settle(qtbot, window)
    size = window.size()
    window.log_contact(person_id)
    settle(qtbot, window)
    form = window.contact_form
    form.facts.choose_form(NoteForm.SOAP)
    settle(qtbot, window)
    inset = form.findChild(Inset)
    assert window.size() == size and inset.horizontalScrollBar().maximum() == 0
    fits = percent == 100
    qtbot.waitUntil(lambda: (inset.verticalScrollBar().maximum() == 0) is fits, timeout=3_000)
    form.save.setFocus()
    form.next_when.setFocus()
    qtbot.keyClick(form.next_when, Qt.Key.Key_Tab)
    assert form.save.hasFocus() and not form.save.visibleRegion().isEmpty()
    form._close()
    for place in ("schedule", "new-case", "assessments"):
        window.show_place(place, person_id)
        settle(qtbot, window)
        title, beside = window.current.title, window.current.beside
        assert title.width() >= title.sizeHint().width() and beside.text().startswith("Maximiliana")
        assert window.size() == size and (beside.toolTip() == beside.text() or fits)
    window.close()
