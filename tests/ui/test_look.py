import re
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

import caseapp.ui
from caseapp.documents import face_sheet
from caseapp.domain.access import Role
from caseapp.domain.contacts import Channel, NoteForm
from caseapp.domain.shorthand import When
from caseapp.ui.icons import pixmap
from caseapp.ui.places import PLACES
from caseapp.ui.theme import SIZES, THEMES, Look, load
from caseapp.ui.widgets.basics import button, chip, label, row
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.column import ScrolledColumn
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.inset import Inset
from caseapp.ui.widgets.one_line import OneLine
from caseapp.ui.widgets.options import offer_words
from caseapp.ui.widgets.pages import Pages
from caseapp.ui.widgets.table import Column, Table, count_column
from tests.builders import TODAY, a_person, services_as
from tests.documents.invented import a_face_sheet
from tests.ui.driving import a_window, settle, show_window, typed, window_of, words

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


MAIN = [place.name for place in PLACES if place.icon]
OF_SOMEBODY = ("person", "new-person", "schedule", "consents", "new-consent", "new-referral")
SMALL = [
    ((683, 384), 100, [*MAIN, *OF_SOMEBODY, "triage", "transfer", "away", "layout"]),
    ((1366, 768), 200, ["today", "follow-ups", "person"]),
]


@pytest.mark.parametrize(("size", "percent", "places"), SMALL, ids=["small screen", "large letters"])
def test_a_small_screen_shows_every_place_without_going_sideways(qtbot, signed_in, size, percent, places):
    services = services_as(signed_in, Role.SUPERVISOR, programs=())
    person_id = services.people.add(details=a_person("Maximiliana", "Konstantinopolskaya"))
    services.cases.open_case(person_id=person_id, opened_from="call")
    services.follow_ups.schedule(
        person_id=person_id, what="Ride to the intake at the far end", channel=Channel.PHONE, when=When(TODAY)
    )
    window = a_window(qtbot, services, theme="dark", percent=percent)
    window.fit_within(QSize(*size))
    window.show()
    page = next(one for one in window.findChildren(QScrollArea) if one.accessibleName() == "Page")
    for name in places:
        window.show_place(name, person_id if name in OF_SOMEBODY else None)
        settle(qtbot, window)
        assert page.horizontalScrollBar().maximum() == 0, name
        assert window.width() <= size[0] and window.height() <= size[1], name
    window.close()


@pytest.mark.parametrize(("percent", "least"), [(100, 620), (150, 720), (200, 820)])
def test_what_stands_in_the_bar_is_whole_in_the_narrowest_window(qtbot, worker, percent, least):
    window = window_of(qtbot, worker, percent=percent)
    window.resize(1, 600)
    settle(qtbot, window)
    assert window.width() <= least
    places = [one.geometry() for one in window.top.findChildren(QPushButton) if one.isVisible()]
    assert all(window.top.rect().contains(one) for one in places)
    assert not any(one.intersects(other) for one, other in combinations(places, 2))
    window.close()


def test_a_narrow_window_says_less_around_the_page_and_a_wide_one_all(qtbot, window):
    window.resize(1280, 800)
    settle(qtbot, window)
    side = [one for one in window.navigation.findChildren(QPushButton) if one.text().strip() == "Today"]
    assert side and window.top.contact_button.text() == "Log contact  Ctrl+L"
    window.show_place("today", None)
    settle(qtbot, window)
    screen = window.current
    line = screen.due.mapTo(window, QPoint(0, 0)).y()
    beside = window.findChild(ScrolledColumn)
    assert beside.mapTo(window, QPoint(0, 0)).y() == line
    window.resize(690, 500)
    settle(qtbot, window)
    assert window.width() == 690 and side[0].text() == "" and side[0].accessibleName() == "Today"
    assert window.top.contact_button.text() == "Log contact" and side[0].toolTip() == "Today"
    assert beside.mapTo(window, QPoint(0, 0)).y() > line + screen.due.height()
    window.resize(1280, 800)
    settle(qtbot, window)
    assert beside.mapTo(window, QPoint(0, 0)).y() == line and side[0].text().strip() == "Today"


def test_a_screen_begins_at_its_title_wherever_the_one_before_was_scrolled_to(qtbot, window):
    window.resize(683, 384)
    page = next(one for one in window.findChildren(QScrollArea) if one.accessibleName() == "Page")
    for place in ("calls", "directory", "today"):
        window.show_place(place, None)
        settle(qtbot, window)
        bar = page.verticalScrollBar()
        assert bar.value() == 0 < bar.maximum(), place
        bar.setValue(bar.maximum())


LONG = "Maximiliana-Alexandrina Konstantinopolskaya-Featherstonehaugh de la Santísima Trinidad"


@pytest.mark.parametrize("percent", [100, 200])
def test_a_long_name_neither_widens_the_window_nor_cuts_the_title(qtbot, worker, percent):
    person_id = worker.people.add(details=a_person(LONG.split()[0], " ".join(LONG.split()[1:]), points=()))
    window = window_of(qtbot, worker, theme="dark", percent=percent)
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


def test_what_a_field_asks_for_is_read_as_easily_as_the_rest(window):
    shown = window.search.palette().color(QPalette.ColorRole.PlaceholderText)
    assert shown == window.desk.look.theme.color("faint")


def test_words_offered_under_a_field_look_like_the_window_around_it(qtbot, window):
    look, field = window.desk.look, window.search
    shown = offer_words(field, ["Oak St"]).popup()
    try:
        look.choose(QApplication.instance(), theme="dark")
        field.setFocus()
        qtbot.keyClicks(field, "oa")
        qtbot.waitUntil(shown.isVisible)
        row = shown.visualRect(shown.model().index(0, 0))
        under = shown.viewport().grab().toImage().pixelColor(row.center().x(), row.bottom())
        assert under.name() == look.theme.color("line").name()
    finally:
        look.choose(QApplication.instance(), theme="light")


def test_the_sheet_is_on_the_window_where_it_is_put_on_a_part_once(window):
    assert window.styleSheet() == window.desk.look.style_sheet() and not QApplication.instance().styleSheet()


def test_a_long_name_of_the_agency_leaves_the_search_its_room(qtbot, worker, window):
    long = window_of(qtbot, worker, agency=LONG)
    assert (long.search.x(), long.search.width()) == (window.search.x(), window.search.width())
    assert long.findChild(OneLine).toolTip() == LONG
    long.close()


def test_a_phone_in_the_list_of_people_stands_on_one_line_at_twice_the_size(qtbot, worker):
    worker.people.add(details=a_person())
    window = window_of(qtbot, worker, percent=200)
    window.resize(1280, 800)
    window.show_place("people", None)
    settle(qtbot, window)
    table = window.current.table
    place = [column.title for column in table.model.columns].index("Phone")
    assert table.view.columnWidth(place) >= table._delegate.width_for("(541) 555-0142")
    window.close()


def test_an_empty_directory_and_no_consent_that_ends_say_what_to_do_next(qtbot, window, worker):
    """On the first day the directory told people to ask for less, and consents to record one of nobody."""
    for place in ("directory", "new-referral"):
        window.show_place(place, worker.people.add(details=a_person()))
        settle(qtbot, window)
        screen = window.current
        assert any("Bring a directory in under Import" in one for one in words(screen))
        screen.questions.words.setText("detox")
        screen.refresh()
        settle(qtbot, window)
        assert any("Ask for less" in one for one in words(screen))
    window.show_place("consents", None)
    settle(qtbot, window)
    assert any("No consent ends within 30 days" in one for one in words(window.current))
    window.show_place("consents", worker.people.add(details=a_person()))
    settle(qtbot, window)
    assert any("No consent yet" in one for one in words(window.current))


def test_a_sentence_that_follows_a_word_too_long_for_a_line_is_spoken_as_it_is_shown(qtbot):
    said = label("", wraps=True)
    qtbot.addWidget(said)
    for told in (f"“{'x' * 60}” is no day.", "Choose one.", "Choose another."):
        said.setText(told)
        assert QAccessible.queryAccessibleInterface(said).text(QAccessible.Text.Name) == told


def ink(view, row, column):
    """The first and last pixel of a cell that are not its ground."""
    index = view.model().index(row, column)
    drawn = view.viewport().grab(view.visualRect(index)).toImage()
    ground = drawn.pixel(drawn.width() // 2, 3)
    across = [
        x
        for x in range(drawn.width())
        if any(drawn.pixel(x, y) != ground for y in range(5, drawn.height() - 5))
    ]
    return across[0], across[-1]


def test_numbers_of_a_list_stand_unit_under_unit_and_under_their_title(qtbot):
    columns = (Column("Who", str), count_column("Calls", abs, width=90), Column("More", str))
    table = Table("Calls of people", columns, Look(load("light")), empty="Nobody.")
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    table.set_rows([4, 44, 444])
    table.view.clearSelection()
    lefts, rights = zip(*(ink(table.view, row, 1) for row in range(3)), strict=True)
    assert max(rights) - min(rights) <= 1 and lefts[0] > lefts[1] > lefts[2]
    at = table.view.model().headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert at & Qt.AlignmentFlag.AlignRight


@pytest.fixture
def dressed(qtbot):
    """Shows a part as a window of so many per cent does."""
    holders = []

    def show(part, percent=100):
        look = Look(load("light"), percent)
        look.apply(QApplication.instance())
        holder = QMainWindow()
        holder.setCentralWidget(part)
        look.dress(holder)
        qtbot.addWidget(holder)
        holder.show()
        qtbot.waitExposed(holder)
        holders.append(holder)
        return part

    yield show
    Look(load("light")).apply(QApplication.instance())


@pytest.mark.parametrize("percent", [100, 200])
def test_what_empties_a_field_stands_in_the_middle_of_its_line(dressed, percent):
    field = QLineEdit("harbor")
    field.setClearButtonEnabled(True)
    empties = dressed(field, percent).findChild(QToolButton)
    assert abs(empties.geometry().center().y() - field.rect().center().y()) <= 1
    assert field.rect().contains(empties.geometry())


def test_boxes_and_room_around_letters_grow_with_them(dressed):
    def box(percent):
        made, option = dressed(QCheckBox("They called us"), percent), QStyleOptionButton()
        made.initStyleOption(option)
        return made.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, made).width()

    assert box(200) >= 1.8 * box(100)
    pressed = dressed(button("Save"), 200)
    assert pressed.height() >= pressed.fontMetrics().height() + 12


@pytest.mark.parametrize("percent", SIZES)
def test_a_chip_is_round_at_its_ends_however_large_its_letters(dressed, percent):
    line = dressed(row(chip("9 days late", "danger"), None), percent)
    shown, at = line.grab().toImage(), line.findChild(QLabel).geometry()
    assert shown.pixelColor(at.topLeft()) != shown.pixelColor(at.center().x(), at.top() + 2)


def test_choices_stand_at_the_margin_of_all_else_and_show_where_the_keyboard_is(qtbot, dressed):
    strip = Choices("Result", [(1, "Reached"), (2, "Left a message")])
    dressed(strip)
    assert strip.findChildren(QPushButton)[0].x() == 0
    assert shows_the_keyboard(qtbot, strip)


def test_what_is_not_recorded_is_quieter_than_what_is_and_lines_stay_as_high(dressed):
    facts = dressed(Facts([("Need", "a bed"), ("Why now", ""), ("Phone", "(541) 555-0139")]))
    facts.resize(400, 600)
    said = {one.text(): one for one in facts.findChildren(QLabel)}
    look = [said[text].palette().windowText().color() for text in ("a bed", "not recorded")]
    assert look[0] != look[1]
    assert said["(541) 555-0139"].y() - said["a bed"].y() < 80


def test_buttons_beside_the_fields_of_consents_stand_in_their_line(qtbot, window, worker):
    window.resize(1280, 800)
    window.show_place("consents", worker.people.add(details=a_person()))
    settle(qtbot, window)
    screen = window.current
    taken = next(one for one in screen.findChildren(QPushButton) if one.text() == "Take back")
    ends = [one.mapTo(screen, one.rect().bottomLeft()).y() for one in (taken, screen.reason)]
    assert abs(ends[0] - ends[1]) <= 2


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_found_is_parted_from_the_page_it_lies_on(qtbot, worker, theme):
    window = window_of(qtbot, worker, theme=theme)
    worker.people.add(details=a_person())
    typed(qtbot, window, window.search, "okafor")
    found = window.search.results
    edge = found.mapTo(window, QPoint(0, found.height() // 2))
    assert window.grab().toImage().pixelColor(edge).name() == load(theme).roles["field_line"]
    window.close()


def test_both_leaves_of_a_phone_stand_in_one_line(qtbot, window):
    window.resize(1280, 720)
    window.show_place("new-person", None)
    settle(qtbot, window)
    form = window.current.form
    assert form.voicemail.y() == form.hush.y() and form.voicemail.y() > form.phone.y()


@pytest.mark.parametrize("place", ["letters", "forms", "papers", "hand-over", "person", "cases", "directory"])
def test_tab_comes_round_and_always_shows_where_it_is(qtbot, worker, admin, place):
    """It ended at pages that were not there yet, and a button that was pressed in did not show it."""
    window = show_window(qtbot, a_window(qtbot, admin))
    window.resize(1440, 1000)
    window.show_place(place, worker.people.add(details=a_person()))
    settle(qtbot, window)
    window.current.take_focus()
    seen = []
    while (at := window.focusWidget()) not in seen:
        seen.append(at)
        if isinstance(at, QPushButton):
            assert shows_the_keyboard(qtbot, at), at.accessibleName()
            at.setFocus()
        qtbot.keyClick(at, Qt.Key.Key_Tab)
        assert window.focusWidget() is not at, f"Tab ends at {at.accessibleName()}"
    assert window.top.search in seen
    window.close()


def test_a_column_and_pages_show_that_the_keyboard_scrolls_them(qtbot, dressed):
    inside = QWidget()
    column = QVBoxLayout(inside)
    for number in range(30):
        column.addWidget(label(f"Line {number}"))
    pages = Pages("Preview")
    pages.show_pdf(face_sheet.build(a_face_sheet()).pdf)
    for part in (dressed(ScrolledColumn(inside)), dressed(pages)._view):
        assert shows_the_keyboard(qtbot, part)


def shows_the_keyboard(qtbot, part):
    """Whether a part looks otherwise with the keyboard on it."""
    part.window().activateWindow()
    part.setFocus()
    qtbot.waitUntil(part.hasFocus)
    with_keyboard = part.grab().toImage()
    part.clearFocus()
    return part.grab().toImage() != with_keyboard
