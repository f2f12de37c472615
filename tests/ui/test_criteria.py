"""Screening criteria at the desk: written, worded anew from a day on, and ended."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from caseapp.domain.access import Role
from caseapp.domain.screening import Answer, CriterionDetails
from caseapp.ui.setup.criteria_section import CriteriaSection
from caseapp.ui.widgets.options import choose
from tests.builders import NOW, TODAY, a_call, services_as
from tests.ui.driving import a_desk, click, settle, unnamed


@pytest.fixture
def desk(qtbot, admin):
    made = a_desk(qtbot, admin)
    made.show_place("setup", "criteria")
    settle(qtbot, made)
    yield made
    made.close()


def texts(services):
    return [
        (one.details.text, one.details.valid_from, one.details.valid_to)
        for one in services.screening.criteria()
    ]


def test_a_question_is_written_worded_anew_and_old_calls_keep_the_old_words(qtbot, desk, admin):
    section = desk.current.section
    assert isinstance(section, CriteriaSection) and unnamed(section) == []
    click(qtbot, desk, "Add")
    assert section.form.field("text").accessibleDescription() == "Write the question."
    qtbot.keyClicks(section.text, "Weapon?")
    section.from_on.setText("2026-11-01")
    click(qtbot, desk, "Add")
    assert texts(admin) == [("Weapon?", date(2026, 11, 1), None)]
    call_id = admin.calls.add(call=a_call(received_at=NOW - timedelta(days=2)))
    section.table.view.setFocus()
    qtbot.keyClick(section.table.view, Qt.Key.Key_Return)
    assert section.from_on.text() == TODAY.isoformat()
    section.text.setPlainText("Weapon in reach?")
    choose(section.letting, Answer.NO)
    section.from_on.setText("2026-11-01")
    click(qtbot, desk, "Save as new version")
    assert "Choose a day after" in section.form.field("valid_from").accessibleDescription()
    section.from_on.setText("whenever")
    click(qtbot, desk, "Save as new version")
    assert "first day" in section.form.field("valid_from").accessibleDescription()
    section.from_on.setText(TODAY.isoformat())
    click(qtbot, desk, "Save as new version")
    yesterday = TODAY - timedelta(days=1)
    assert texts(admin) == [("Weapon?", date(2026, 11, 1), yesterday), ("Weapon in reach?", TODAY, None)]
    assert [one.details.text for one in admin.calls.open(call_id=call_id).criteria] == ["Weapon?"]


def test_a_question_ends_on_a_day_not_before_it_began(qtbot, desk, admin):
    admin.screening.add(details=CriterionDetails("Weapon?", Answer.NO, TODAY))
    desk.current.refresh()
    settle(qtbot, desk)
    section = desk.current.section
    section.table.view.setFocus()
    qtbot.keyClick(section.table.view, Qt.Key.Key_Return)
    section.to_on.setText("2026-11-01")
    click(qtbot, desk, "Save the last day only")
    assert "before the first" in section.form.field("valid_to").accessibleDescription()
    section.to_on.setText("2026-12-31")
    click(qtbot, desk, "Save the last day only")
    assert texts(admin) == [("Weapon?", TODAY, date(2026, 12, 31))]


def test_whoever_may_not_change_them_reads_them(qtbot, admin, signed_in):
    admin.screening.add(details=CriterionDetails("Weapon?", Answer.NO, TODAY))
    made = a_desk(qtbot, services_as(signed_in, Role.PEER_SPECIALIST))
    made.show_place("setup", "criteria")
    settle(qtbot, made)
    section = made.current.section
    assert len(section.table.model.rows) == 1 and not section.panel.isVisible()
    made.close()
