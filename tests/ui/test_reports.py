"""The Reports screen: asked, made, opened, published and written, by events and without waiting."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from caseapp.documents import charts as drawn
from caseapp.domain.access import Role
from caseapp.domain.charts import Chart, Point
from caseapp.domain.measures.periods import periods
from caseapp.domain.measures.scope import Scope
from caseapp.ui.theme import Look, load
from caseapp.ui.widgets.chart import ChartView
from caseapp.ui.widgets.column import bring_into_view
from tests import random_agency
from tests.builders import services_as
from tests.random_agency import FIRST, LAST
from tests.ui.driving import a_window, buttons, settle, window_of

CHART = Chart("Calls", (Point("May", 40, "40"), Point("Jun", None, "hidden")), False, "Calls. 40 in May.")


@pytest.fixture
def window(qtbot, admin, signed_in):
    random_agency.fill(admin, 5)
    made = window_of(qtbot, services_as(signed_in, Role.PROGRAM_MANAGER))
    made.show_place("reports", None)
    settle(qtbot, made)
    yield made
    made.close()


@pytest.fixture
def screen(qtbot, window):
    found = window.current
    found.form.set_days(FIRST, LAST)
    found.make()
    settle(qtbot, window)
    return found


def row_of(screen, measure):
    return next(one for one in screen.table.model.rows if one.definition.id == measure)


def near(one, other):
    return all(abs(a - b) < 0.02 for a, b in zip(one.getRgbF(), other.getRgbF(), strict=True))


def test_offers_models_in_the_words_of_the_list_and_says_so_in_the_title(qtbot, window, screen):
    models = screen.form.model
    offered = [models.itemText(place) for place in range(models.count())]
    assert "Mobile crisis team" in offered and "mobile-crisis" not in offered
    models.setCurrentText("Mobile crisis team")
    screen.make()
    settle(qtbot, window)
    assert screen.report.scope.model == "mobile-crisis" and "Mobile crisis team" in screen.beside.text()


def test_shows_every_figure_and_says_what_the_chosen_one_counts(screen):
    assert len({one.definition.id for one in screen.table.model.rows}) == len(screen.report.lines)
    screen._explain(row_of(screen, "dispatches"))
    assert ("", "How many calls a team of ours was sent to.") in screen._facts(row_of(screen, "dispatches"))


def test_what_makes_the_report_is_in_sight_on_a_small_laptop(qtbot, window):
    window.resize(1280, 720)
    settle(qtbot, window)
    (made,) = (one for one in buttons(window.current, "Make report") if one.property("look") == "primary")
    assert made.visibleRegion().boundingRect() == made.rect()
    asked = window.current.form
    assert asked.visibleRegion().boundingRect().width() == asked.width()


@pytest.mark.parametrize("height", [600, 800])
def test_a_small_window_shows_the_figures_once_they_are_made(qtbot, window, height):
    window.resize(700, height)
    settle(qtbot, window)
    screen = window.current
    screen.form.set_days(FIRST, LAST)
    screen.make_button.setFocus()
    bring_into_view(screen.make_button, around=0)
    qtbot.keyClick(screen.make_button, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert window.focusWidget() is screen.table.view
    assert screen.table.view.visibleRegion().boundingRect().height() > 100


def test_a_figure_opens_exactly_its_rows(qtbot, window, screen):
    line = screen.report.line("response_minutes_median")
    screen.table.opened.emit(row_of(screen, "response_minutes_median"))
    settle(qtbot, window)
    rows = window.current.table.model.rows
    left = sum(count for _reason, count in line.now.excluded)
    assert len(rows) == line.now.denominator + left
    window.current.states.choose("left out")
    window.current._show_rows()
    assert len(window.current.table.model.rows) == left
    window.current.table.opened.emit(rows[0])
    settle(qtbot, window)
    assert window.current.name == "calls"


def test_a_wrong_day_is_said_beside_its_field(screen):
    screen.form.from_on.setText("someday")
    assert screen.form.scope() is None
    assert screen.form.form._errors["from"].text().startswith("Write a day")


def test_the_period_names_the_days_that_stand_there(screen):
    assert screen.form.period.currentText() == "Other days"
    screen.form.period.setCurrentIndex(0)
    screen.form.period.activated.emit(0)
    assert screen.form.scope() == Scope(date(2026, 10, 1), date(2026, 10, 31))


def test_periods_of_the_first_day_of_a_year():
    found = {name: (first, last) for name, first, last in periods(date(2026, 1, 1))}
    assert found["Last month"] == (date(2025, 12, 1), date(2025, 12, 31))
    assert found["Last quarter"] == (date(2025, 10, 1), date(2025, 12, 31))
    assert found["Last 12 months"] == (date(2025, 1, 1), date(2025, 12, 31))


def test_a_report_is_kept_chosen_and_forgotten(qtbot, window, screen):
    screen.form.measures.item(0).setCheckState(screen.form.measures.item(0).checkState().Unchecked)
    screen.form.name.setText("Mine")
    screen.form.save_requested.emit("Mine")
    settle(qtbot, window)
    place = screen.form.plan_field.findText("Mine")
    assert place >= 0
    screen.form.plan_field.setCurrentIndex(place)
    assert len(screen.form.plan().measures) == len(screen.report.lines) - 1
    screen.form._forget()
    settle(qtbot, window)
    assert screen.form.plan_field.findText("Mine") < 0


def test_is_published_opened_and_restated(qtbot, window, screen, tmp_path):
    screen._publish()
    settle(qtbot, window)
    settle(qtbot, window)
    assert screen.published.version == 1 and not screen.publish_button.isEnabled()
    screen.save_to(tmp_path / "published.pdf", "pdf")
    settle(qtbot, window)
    pages = window.desk.services.publications.pages(report_id=screen.published.id)
    assert (tmp_path / "published.pdf").read_bytes() == pages
    screen.past.restate()
    settle(qtbot, window)
    assert window.current.name == "report-restated" and not window.current.table.model.rows


def test_what_was_published_here_opens_though_a_colleague_published_since(qtbot, window, screen):
    publications, report = window.desk.services.publications, screen.report
    own, _theirs = (publications.publish(plan=report.plan, scope=report.scope) for _desk in range(2))
    screen._on_published(own)
    settle(qtbot, window)
    settle(qtbot, window)
    assert screen.published.id == own and len(screen.past.table.model.rows) == 2


@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv", "json"])
def test_is_written_to_a_file(qtbot, window, screen, tmp_path, form):
    screen.save_to(tmp_path / f"report.{form}", form)
    settle(qtbot, window)
    assert (tmp_path / f"report.{form}").stat().st_size > 1000


def test_is_stopped_and_can_be_asked_for_again(qtbot, window, screen):
    before = screen.report
    screen.make()
    window.tasks.cancel()
    settle(qtbot, window)
    assert screen.report is before and "The report was stopped" in window.banner.words.text()
    qtbot.mouseClick(screen.make_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.report is not before and screen.make_button.isEnabled()


def test_who_may_not_see_reports_is_not_shown_the_way(qtbot, window, signed_in):
    worker = services_as(signed_in, Role.SOCIAL_WORKER)
    other = a_window(qtbot, worker)
    assert "reports" not in other.navigation.names
    other.show_place("reports", None)
    settle(qtbot, other)
    assert not other.banner.isVisible()
    other.close()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_a_chart_is_drawn_in_the_colours_of_the_theme_and_speaks(qtbot, theme):
    look = Look(load(theme))
    view = ChartView(CHART, look)
    qtbot.addWidget(view)
    view.resize(400, 160)
    image = QImage(400, 160, QImage.Format.Format_ARGB32)
    image.fill(QColor("transparent"))
    painter = QPainter(image)
    view.renderer.render(painter)
    painter.end()
    accent = QColor(look.theme.roles["accent"])
    assert view.accessibleName() == CHART.sentence
    pixels = [image.pixelColor(x, y) for x in range(0, 400, 4) for y in range(0, 160, 4)]
    assert sum(near(pixel, accent) for pixel in pixels) > 20


def test_a_hidden_number_has_no_bar():
    shapes = drawn.drawing(CHART, 300, 100).contents
    assert sum(type(shape).__name__ == "Rect" for shape in shapes) == 1
    assert any(getattr(shape, "text", "") == "hidden" for shape in shapes)
