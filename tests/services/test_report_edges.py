"""Reports at their edges: no rows, days before any record, people who are gone, markup, another locale."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QLocale

from caseapp.domain.measures.periods import NAMES, period_named, periods
from caseapp.domain.measures.scope import Scope
from caseapp.domain.report_plans import READY_MADE
from caseapp.services.reports import FORMS
from tests import random_agency
from tests.builders import HOSTILE, TODAY
from tests.random_agency import FIRST, LAST

OUTCOMES = READY_MADE["outcomes"]
SCOPE = Scope(FIRST, LAST)


@pytest.fixture
def agency(admin, worker):
    """A random agency."""
    random_agency.fill(admin, 3)
    return admin


def values(report):
    return {line.definition.id: (line.now.value, line.now.numerator) for line in report.lines}


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def let_everybody_go(agency):
    """What a rule of retention leaves: neither the people nor the meetings with them."""
    file = agency.context.database.engine.raw_connection()
    for words in ("PRAGMA foreign_keys=OFF", "DELETE FROM encounter", "DELETE FROM person"):
        file.cursor().execute(words)
    file.commit()
    file.cursor().execute("PRAGMA foreign_keys=ON")
    file.close()


def test_a_period_without_rows_is_written_in_every_form(admin):
    report = admin.reports.make(plan=OUTCOMES, scope=Scope(date(2001, 1, 1), date(2001, 12, 31)))
    for form in FORMS:
        assert admin.reports.write(report=report, form=form)
    text = text_of(admin.reports.write(report=report, form="pdf"))
    assert "No row was left out of any figure" in text and "2001" in text


def test_a_period_that_starts_before_the_first_record_counts_the_same_rows(agency):
    early = Scope(date(FIRST.year - 8, 1, 1), LAST)
    assert (early.from_on, early.to_on) < (FIRST, LAST)
    now, then = (
        values(agency.reports.make(plan=OUTCOMES, scope=scope))["dispatches"] for scope in (early, SCOPE)
    )
    assert now[1] >= then[1] > 0


def test_a_published_report_is_the_same_when_its_people_are_gone(agency):
    report_id = agency.publications.publish(plan=OUTCOMES, scope=SCOPE)
    before = agency.publications.pages(report_id=report_id)
    frozen = values(agency.publications.open(report_id=report_id))
    let_everybody_go(agency)
    assert agency.publications.pages(report_id=report_id) == before
    assert values(agency.publications.open(report_id=report_id)) == frozen
    rows = agency.publications.explain(report_id=report_id, measure="people_served").rows
    assert rows and {one.label for one in rows} == {"Record deleted since"}
    changed = agency.publications.restatements(report_id=report_id)
    assert any(one.definition.id == "people_served" for one in changed)


def test_markup_in_the_names_of_agency_and_groups_is_printed_as_it_is_written(agency):
    named = replace(agency.staff.agency(), name=f"{HOSTILE} <para>")
    agency.staff.change_agency(agency=named)
    report = agency.reports.make(plan=READY_MADE["caseload"], scope=SCOPE)
    text = "".join(text_of(agency.reports.write(report=report, form="pdf")).split())
    assert "<b>O'Brien</b>&=HYPERLINK(1)" in text and "<para>" in text


def test_a_locale_with_comma_decimals_changes_no_file(agency):
    report = agency.reports.make(plan=OUTCOMES, scope=SCOPE)
    plain = {form: agency.reports.write(report=report, form=form) for form in ("pdf", "csv", "json")}
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        for form, content in plain.items():
            assert agency.reports.write(report=report, form=form) == content
    finally:
        QLocale.setDefault(before)


def test_the_periods_of_a_schedule_are_those_of_the_screen():
    for name, (_words, first, last) in zip(NAMES, periods(TODAY), strict=True):
        assert period_named(name, TODAY) == (first, last)
