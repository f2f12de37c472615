"""Reports made, opened, hidden, published and restated on a real file."""

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import delete

from caseapp.domain.access import SEALED_NAME, Role, Sealed
from caseapp.domain.errors import CaseAppError, NoSuchRecord
from caseapp.domain.measures.catalogue import ALL, NOT_ANSWERED
from caseapp.domain.measures.scope import Scope, period_before, year_before
from caseapp.domain.report_plans import READY_MADE
from caseapp.domain.reports import HIDDEN, Plan
from caseapp.services import publications
from caseapp.store.tables.cases import ContactRow
from tests import builders, random_agency
from tests.builders import HOSTILE, NOW, a_call, a_person, an_encounter
from tests.random_agency import FIRST, LAST

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "cfs"
SCOPE = Scope(FIRST, LAST)
OUTCOMES = READY_MADE["outcomes"]


def plain(services, plan=OUTCOMES, scope=SCOPE):
    report = services.reports.make(plan=plan, scope=scope)
    return json.loads(services.reports.write(report=report, form="json"))


def by_id(content):
    return {one["id"]: one for one in content["measures"]}


@pytest.fixture
def agency(admin, worker):
    """A random agency."""
    random_agency.fill(admin, 3)
    return admin


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared exports are not on this machine")
def test_reproduces_the_published_figures_of_lane_county(admin):
    name = "lane_county_mobile_crisis_mcslc_2025.csv"
    path = SHARED / name
    admin.imports.import_calls(reading=admin.imports.read_calls(path=path), path=path)
    scope = Scope(date(2024, 8, 1), date(2025, 12, 31))
    found = by_id(plain(admin, scope=scope))
    assert found["dispatches"]["value"] == 4682
    assert found["remained_in_community_all"]["value"] == 80.1
    assert found["remained_in_community_engaged"]["value"] == 76.8
    assert found["response_minutes_median"]["value"] == 30
    assert found["response_minutes_p90"]["value"] == 77
    left = {one["reason"]: one["count"] for one in found["response_minutes_median"]["excluded"]}
    assert left == {
        "arrival before the request": 19,
        "arrival not recorded, or only its day": 284,
        "more than 48 hours between request and arrival": 16,
        "request time not recorded, only its day or a later time": 100,
    }
    assert found["response_minutes_median"]["denominator"] + sum(left.values()) == 4682
    shorter = by_id(plain(admin, scope=replace(scope, from_on=date(2025, 1, 1))))
    assert shorter["dispatches"]["value"] == 4682 - 71 - 273


def test_every_published_measure_is_answered_or_says_why_not():
    answered = {measure.number for measure in ALL} | set(NOT_ANSWERED)
    assert set(range(1, 42)) <= answered
    assert len({measure.id for measure in ALL}) == len(ALL)


@pytest.mark.parametrize("measure", ALL, ids=lambda one: one.id)
def test_every_measure_says_what_it_is(measure):
    texts = (measure.name, measure.sentence, measure.numerator, measure.denominator, measure.excludes)
    assert (
        all(texts) and measure.sentence.endswith(".") and measure.basis and measure.window and measure.source
    )


class TestPeriods:
    def test_compares_whole_months_with_whole_months(self):
        scope = Scope(date(2026, 2, 1), date(2026, 3, 31))
        assert period_before(scope) == Scope(date(2025, 12, 1), date(2026, 1, 31))
        assert year_before(scope) == Scope(date(2025, 2, 1), date(2025, 3, 31))

    def test_compares_days_with_as_many_days(self):
        scope = Scope(date(2024, 2, 29), date(2024, 3, 6))
        assert period_before(scope) == Scope(date(2024, 2, 22), date(2024, 2, 28))
        assert year_before(scope) == Scope(date(2023, 2, 28), date(2023, 3, 6))

    @pytest.mark.parametrize(
        ("scope", "code"),
        [
            (Scope(LAST, FIRST), "report.period-backwards"),
            (Scope(date(1900, 1, 1), LAST), "report.period-too-long"),
            (replace(SCOPE, date_basis="moon"), "report.unknown-basis"),
            (replace(SCOPE, program="Moon"), "report.unknown-program"),
            (replace(SCOPE, model="moon"), "report.unknown-model"),
        ],
    )
    def test_refuses_what_no_report_can_be_made_of(self, admin, scope, code):
        with pytest.raises(CaseAppError) as refused:
            admin.reports.make(plan=OUTCOMES, scope=scope)
        assert refused.value.code == code

    def test_a_period_without_rows_has_dashes_and_no_error(self, admin):
        report = admin.reports.make(plan=OUTCOMES, scope=Scope(date(1969, 12, 1), date(1970, 1, 31)))
        assert all(line.now.denominator == 0 and not line.now.value for line in report.lines)
        text = PdfReader(io.BytesIO(admin.reports.write(report=report, form="pdf"))).pages[0].extract_text()
        assert "–" in text


class TestScopes:
    def test_a_program_keeps_its_people(self, agency):
        whole, street = by_id(plain(agency)), by_id(plain(agency, scope=replace(SCOPE, program="Street")))
        assert 0 < street["cases_new"]["value"] < whole["cases_new"]["value"]
        assert 0 < street["people_served"]["value"] < whole["people_served"]["value"]

    def test_a_model_keeps_its_calls(self, agency):
        parts = by_id(plain(agency))["calls_by_model"]["parts"]
        mine = sum(one["count"] for one in parts if "Alternative response" in one["name"])
        kept = by_id(plain(agency, scope=replace(SCOPE, model="alternative-response")))
        assert kept["dispatches"]["value"] == mine > 0

    def test_groups_add_up_to_the_whole(self, agency):
        for group_by in ("month", "model", "area", "program", "worker", "agency", "service"):
            for one in plain(agency, replace(OUTCOMES, compare=(), group_by=group_by))["measures"]:
                groups = one["groups"].values()
                if groups and one["unit"] != "attempts":
                    assert sum(group["denominator"] for group in groups) == one["denominator"], one["id"]

    def test_the_day_of_arrival_is_another_basis(self, agency):
        content = plain(agency, scope=replace(SCOPE, date_basis="on-scene"))
        assert content["period"]["date_basis"] == "day the team arrived"
        assert by_id(content)["response_minutes_median"]["denominator"] > 0


class TestPublic:
    def test_shows_no_small_count_anywhere(self, agency):
        report = agency.reports.make(plan=OUTCOMES.as_public(), scope=SCOPE)
        for line in report.lines:
            for shown in (line.now, *(one for _name, one in (*line.compared, *line.groups))):
                if line.definition.id.startswith(("top_", "calls_before")):
                    continue
                counts = [
                    shown.numerator,
                    shown.denominator,
                    *(n for _r, n in (*shown.excluded, *shown.parts)),
                ]
                assert all(count is None or count == 0 or count >= 11 for count in counts), line.definition.id
                assert shown.value is None if shown.is_hidden else True

    def test_hides_in_every_form_and_in_the_charts(self, agency):
        plan = replace(OUTCOMES, compare=(), charts=("calls_by_month",)).as_public()
        report = agency.reports.make(plan=plan, scope=SCOPE)
        assert report.line("calls_by_month").now.parts[0][1] is None
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(agency.reports.write(report=report, form="pdf"))).pages)  # fmt: skip
        assert text.count(HIDDEN) > 20 and "Counts under 11" in text
        assert b"hidden" in agency.reports.write(report=report, form="csv")

    def test_inside_says_that_small_counts_are_in_it(self, agency):
        report = agency.reports.make(plan=OUTCOMES, scope=SCOPE)
        pages = PdfReader(io.BytesIO(agency.reports.write(report=report, form="pdf"))).pages
        assert all("For use inside only" in page.extract_text() for page in pages)

    def test_the_threshold_is_the_administrators(self, agency):
        agency.reports.set_threshold(threshold=5)
        assert agency.reports.choices().threshold == 5
        with pytest.raises(CaseAppError):
            agency.reports.set_threshold(threshold=4)


class TestOpening:
    def test_a_sealed_person_keeps_the_row_and_not_the_name(self, admin, worker, signed_in):
        person = worker.people.add(details=a_person("Sealed", "Secret", is_restricted=True))
        call = worker.calls.add(call=a_call(received_at=NOW))
        worker.encounters.add(call_id=call, details=an_encounter("Kim"), person_id=person)
        scope = Scope(NOW.date(), NOW.date())
        rows = admin.reports.explain(measure="people_served", scope=scope).rows
        assert [one.label for one in rows] == [SEALED_NAME]
        lead = builders.services_as(signed_in, Role.SUPERVISOR)
        assert "Secret" in lead.reports.explain(measure="people_served", scope=scope).rows[0].label

    def test_stands_in_the_history_of_everybody_named_and_leaves_with_nobody_sealed_since(
        self, worker, signed_in
    ):
        person = worker.people.add(details=a_person("Ana", "Reyes"))
        call = worker.calls.add(call=a_call(received_at=NOW))
        worker.encounters.add(call_id=call, details=an_encounter("Ana"), person_id=person)
        manager, scope = builders.services_as(signed_in, Role.PROGRAM_MANAGER), Scope(NOW.date(), NOW.date())
        rows = manager.reports.explain(measure="people_served", scope=scope)
        manager.reports.write_rows(explanation=rows, form="csv")
        report_id = manager.publications.publish(plan=OUTCOMES, scope=scope)
        manager.publications.explain(report_id=report_id, measure="people_served")
        told = [one.verb for one in builders.journaled(manager, person) if one.kind != "change"]
        assert told == ["report.explain-published", "report.rows", "report.explain"]
        seen = worker.people.open(person_id=person).person
        sealed = replace(seen.details, is_restricted=True)
        worker.people.change(person_id=person, details=sealed, version=seen.version)
        with pytest.raises(Sealed):
            manager.reports.write_rows(explanation=rows, form="csv")

    def test_opens_one_group(self, agency):
        report = agency.reports.make(plan=replace(OUTCOMES, group_by="area"), scope=SCOPE)
        name, shown = report.line("dispatches").groups[0]
        opened = agency.reports.explain(measure="dispatches", scope=SCOPE, group_by="area", group=name)
        assert opened.count("counted") == shown.numerator == opened.shown.numerator

    def test_groups_by_service_are_words_and_open_their_rows(self, agency):
        report = agency.reports.make(plan=replace(OUTCOMES, group_by="service"), scope=SCOPE)
        codes = dict(agency.staff.lists().codes["service_category"])
        groups = report.line("referrals_sent").groups
        assert len(groups) > 1
        assert {name for name, _shown in groups} <= {*codes.values(), "not recorded"} - set(codes)
        for name, shown in groups:
            opened = agency.reports.explain(
                measure="referrals_sent", scope=SCOPE, group_by="service", group=name
            )
            assert opened.count("counted") == shown.numerator > 0

    def test_is_written_with_formulas_neutralised(self, admin, worker):
        person = worker.people.add(details=a_person("=cmd()", HOSTILE))
        call = worker.calls.add(call=a_call(received_at=NOW))
        worker.encounters.add(call_id=call, details=an_encounter("Kim"), person_id=person)
        opened = admin.reports.explain(measure="people_served", scope=Scope(NOW.date(), NOW.date()))
        assert b"'=cmd()" in admin.reports.write_rows(explanation=opened, form="csv")

    def test_stops_when_asked(self, agency):
        for after in (0, 3, 20):
            with pytest.raises(CaseAppError) as refused:
                agency.reports.make(
                    plan=OUTCOMES, scope=SCOPE, progress=lambda _w, done, _t, n=after: done <= n
                )
            assert refused.value.code == "report.stopped"

    def test_tells_how_far_it_is(self, agency):
        seen = []
        agency.reports.make(
            plan=OUTCOMES, scope=SCOPE, progress=lambda _w, d, t: bool(seen.append((d, t))) or True
        )
        steps = list(dict.fromkeys(done for done, _total in seen))
        assert steps == list(range(1, len(steps) + 1)) and len(seen) > len(steps)
        assert seen[-1][0] == seen[-1][1]


class TestFiles:
    def test_a_workbook_has_numbers_and_one_sheet_of_definitions(self, agency):
        report = agency.reports.make(plan=OUTCOMES, scope=SCOPE)
        book = CalamineWorkbook.from_filelike(io.BytesIO(agency.reports.write(report=report, form="xlsx")))
        assert book.sheet_names == ["Figures", "Definitions", "About"]
        figures = book.get_sheet_by_name("Figures").to_python()
        dispatches = next(row for row in figures if row[3] == "dispatches")
        assert isinstance(dispatches[5], float) and dispatches[5] == report.line("dispatches").now.value
        assert len(book.get_sheet_by_name("Definitions").to_python()) == len(report.lines) + 1

    def test_a_page_has_every_figure_and_every_definition(self, agency):
        report = agency.reports.make(plan=OUTCOMES, scope=SCOPE)
        reader = PdfReader(io.BytesIO(agency.reports.write(report=report, form="pdf")))
        text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
        assert all(text.count(line.definition.name) >= 2 for line in report.lines)
        fonts = {font["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].get_object().values()}  # fmt: skip
        assert all("+OpenSans" in name for name in fonts)
        assert reader.trailer["/Root"]["/Lang"] == "en-US" and "Outcomes" in reader.metadata.title

    def test_the_same_records_give_the_same_bytes(self, agency):
        for form in ("pdf", "csv", "json", "xlsx"):
            first, second = (
                agency.reports.write(report=agency.reports.make(plan=OUTCOMES, scope=SCOPE), form=form)
                for _ in range(2)
            )
            assert first == second, form

    @pytest.mark.parametrize("name", READY_MADE)
    def test_every_ready_made_report_is_written(self, agency, name):
        report = agency.reports.make(plan=READY_MADE[name], scope=SCOPE)
        assert agency.reports.write(report=report, form="pdf").startswith(b"%PDF")


class TestPlans:
    def test_are_saved_changed_and_forgotten_by_name(self, admin):
        plan = Plan("Mine", "My report", ("dispatches",), group_by="month")
        admin.reports.save_plan(plan=plan)
        admin.reports.save_plan(plan=replace(plan, title="Another"))
        assert admin.reports.plan(name="Mine").title == "Another"
        assert admin.reports.choices().saved == ("Mine",)
        admin.reports.delete_plan(name="Mine")
        with pytest.raises(CaseAppError):
            admin.reports.plan(name="Mine")

    @pytest.mark.parametrize(
        ("plan", "code"),
        [
            (Plan(" ", "x", ("dispatches",)), "report.plan-name-missing"),
            (Plan("x", "x", ()), "report.nothing-chosen"),
            (Plan("x", "x", ("moon",)), "report.unknown-measure"),
        ],
    )
    def test_are_refused_when_they_make_no_report(self, admin, plan, code):
        with pytest.raises(CaseAppError) as refused:
            admin.reports.save_plan(plan=plan)
        assert refused.value.code == code


class TestPublishing:
    def test_freezes_figures_definitions_rows_and_pages(self, agency, worker):
        publications = agency.publications
        report_id = publications.publish(plan=OUTCOMES, scope=SCOPE)
        before = (publications.open(report_id=report_id), publications.pages(report_id=report_id))
        assert publications.restatements(report_id=report_id) == ()
        call = worker.calls.add(call=a_call(received_at=NOW.replace(month=6)))
        worker.encounters.add(call_id=call, details=an_encounter("Kim"))
        assert (publications.open(report_id=report_id), publications.pages(report_id=report_id)) == before
        found = {one.definition.id: one for one in publications.restatements(report_id=report_id)}
        dispatches = found["dispatches"]
        assert dispatches.today.value == dispatches.published.value + 1
        assert (dispatches.rows_added, dispatches.rows_gone) == (1, 0)

    def test_counts_its_editions(self, agency):
        for _ in range(2):
            agency.publications.publish(plan=OUTCOMES, scope=SCOPE)
        assert [one.version for one in agency.publications.published()] == [2, 1]

    def test_lets_a_colleague_publish_the_same_while_its_pages_are_made(self, agency, monkeypatch):
        """Rows were judged and pages made under the lock of the file: of a big centre for minutes."""
        make, began = publications.written, []

        def as_somebody_publishes(report, form, context):
            began.append(report.version)
            if len(began) == 1:
                agency.publications.publish(plan=OUTCOMES, scope=SCOPE)
            return make(report, form, context)

        monkeypatch.setattr(publications, "written", as_somebody_publishes)
        own = agency.publications.publish(plan=OUTCOMES, scope=SCOPE)
        assert began == [1, 1, 2] and agency.publications.open(report_id=own).version == 2
        assert sorted(one.version for one in agency.publications.published()) == [1, 2]

    def test_opens_frozen_rows_even_of_records_that_are_gone(self, agency):
        report_id = agency.publications.publish(plan=OUTCOMES, scope=SCOPE)
        before = agency.publications.explain(report_id=report_id, measure="people_served")
        assert len(before.rows) == before.shown.denominator > 0
        contacts = agency.publications.explain(report_id=report_id, measure="attempts_made")
        with agency.context.write("test") as work:
            work._session.connection().exec_driver_sql("DELETE FROM contact_person")
            work._session.execute(delete(ContactRow))
            work.commit(summary={"retention": True})
        after = agency.publications.explain(report_id=report_id, measure="attempts_made")
        assert len(after.rows) == len(contacts.rows) and {one.label for one in after.rows} == {
            "Record deleted since"
        }

    def test_says_when_there_is_no_such_report(self, admin):
        with pytest.raises(NoSuchRecord):
            admin.publications.open(report_id=admin.context.actor.staff_id)
