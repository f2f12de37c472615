"""A sealed person is planted under a word that stands nowhere else; then every verb is asked for it."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from caseapp.domain.access import SEALED_NAME, NotAllowed, Right, Role, Sealed
from caseapp.domain.call_filters import CallFilter
from caseapp.domain.directory_finder import Wanted
from caseapp.domain.disclosures import Basis, Ground
from caseapp.domain.encounters import StatedIdentity
from caseapp.domain.follow_ups import ATTEMPTS_BEFORE_SUPERVISOR
from caseapp.domain.journal import JournalFilter
from caseapp.domain.matching.traits import Traits
from caseapp.domain.measures.scope import Scope
from caseapp.domain.overview import Listed
from caseapp.domain.papers import Asked, PaperKind
from caseapp.domain.relations import Relation
from caseapp.domain.report_plans import READY_MADE
from tests import builders
from tests.builders import TODAY, a_contact, a_person, an_encounter
from tests.services.sealed import WORD, plant
from tests.services.verbs import CHANGING, VERBS

THIS_MONTH = Scope(TODAY.replace(day=1), TODAY)
LISTS_OF_LEADERS = {"reports.explain", "journal.read"}
"""Verbs that name people to those alone who answer for the program."""

SHUT_OUT = [role for role in Role if role is not Role.SUPERVISOR]


@pytest.fixture
def planted(worker):
    return plant(worker)


ASKED = {
    "people.recent": lambda _one: {},
    "people.many": lambda one: {"person_ids": (one.person, one.relative)},
    "people.open": lambda one: {"person_id": one.person},
    "people.unknown": lambda _one: {},
    "people.candidates": lambda _one: {"traits": Traits(names=(f"{WORD} {WORD}",), phones=("541 555 0142",))},
    "recognition.waiting": lambda _one: {},
    "search.find": lambda _one: {"query": WORD},
    "calls.page": lambda _one: {"where": CallFilter(words=WORD)},
    "calls.count": lambda one: {"where": CallFilter(person_id=one.person)},
    "calls.place_of": lambda one: {"call_id": one.call, "where": CallFilter(person_id=one.person)},
    "calls.list_words": lambda _one: {},
    "calls.open": lambda one: {"call_id": one.call},
    "encounters.candidates": lambda one: {"encounter_id": one.encounter},
    "cases.caseload": lambda _one: {},
    "cases.open": lambda one: {"case_id": one.case},
    "transfers.absences": lambda _one: {},
    "triage.waiting": lambda _one: {},
    "overview.tallies": lambda _one: {"only_mine": False},
    "triage.loads": lambda _one: {},
    "triage.rules": lambda _one: {},
    "contacts.same_as_last": lambda one: {"person_id": one.person},
    "assessments.definitions": lambda _one: {},
    "assessments.of_person": lambda one: {"person_id": one.person},
    "notes.open": lambda one: {"contact_id": one.contact},
    "notes.find": lambda _one: {"words": WORD},
    "notes.to_sign": lambda _one: {"only_mine": False},
    "notes.print": lambda one: {"person_id": one.person},
    "drafts.get": lambda one: {"form": "contact", "person_id": one.person},
    "follow_ups.planned": lambda _one: {},
    "follow_ups.between": lambda _one: {"first": TODAY, "last": TODAY},
    "calendar.upcoming": lambda _one: {},
    "calendar.page": lambda _one: {"first": TODAY, "last": TODAY},
    "calendar.while_away": lambda one: {"staff_id": one.owner, "from_on": TODAY, "to_on": TODAY},
    "protocols.offered": lambda _one: {},
    "protocols.preview": lambda one: {"code": "first-contact", "person_id": one.person},
    "protocols.last_call": lambda one: {"person_id": one.person},
    "protocols.open_days": lambda _one: {},
    "referrals.open_ones": lambda _one: {},
    "referrals.get": lambda one: {"referral_id": one.referral},
    "referrals.by_reply_code": lambda one: {"text": one.reply_code},
    "referrals.chase": lambda _one: {},
    "referrals.figures": lambda _one: {"since": TODAY},
    "consents.of_person": lambda one: {"person_id": one.person},
    "consents.ending": lambda _one: {},
    "papers.release": lambda one: {"person_id": one.person},
    "papers.accounting": lambda one: {"person_id": one.person},
    "papers.disclosures": lambda one: {"person_id": one.person},
    "forms.own_letters": lambda _one: {},
    "forms.lines": lambda _one: {"form": "papers", "language": "en"},
    "handoff.preview": lambda one: {"referral_id": one.referral},
    "handoff.print": lambda one: {"referral_id": one.referral},
    "person_papers.preview": lambda one: {
        "asked": Asked(PaperKind.FACE_SHEET, one.person, recipient=WORD, ground=Ground(Basis.CONSENT))
    },
    "imports.batches": lambda _one: {},
    "today.page": lambda _one: {"only_mine": False},
    "repeat.page": lambda _one: {"days": 7},
    "staff.list_staff": lambda _one: {},
    "staff.agency": lambda _one: {},
    "staff.lists": lambda _one: {},
    "screening.criteria": lambda _one: {},
    "directory.find": lambda _one: {},
    "directory.search": lambda _one: {"wanted": Wanted()},
    "directory.choices": lambda _one: {},
    "directory.traits": lambda one: {"person_id": one.person},
    "maintenance.verify": lambda _one: {},
    "maintenance.kept": lambda _one: {},
    "journal.read": lambda _one: {"where": JournalFilter()},
    "staff.scopes": lambda _one: {},
    "places.named": lambda _one: {},
    "units.units": lambda _one: {},
    "units.responders": lambda _one: {},
    "units.shifts": lambda one: {"unit_id": one.call},
    "call_types.types": lambda _one: {},
    "work_papers.agenda": lambda _one: {"only_mine": False},
    "reports.choices": lambda _one: {},
    "reports.plan": lambda _one: {"name": "outcomes"},
    "reports.make": lambda _one: {"plan": READY_MADE["outcomes"], "scope": THIS_MONTH},
    "reports.explain": lambda _one: {"measure": "referrals_made", "scope": THIS_MONTH},
    "publications.published": lambda _one: {},
}
"""How each verb that gives something back is asked for the planted person."""

NAMES_THE_PERSON = {
    "people.recent",
    "people.many",
    "people.open",
    "people.candidates",
    "search.find",
    "calls.open",
    "encounters.candidates",
    "cases.caseload",
    "cases.open",
    "triage.waiting",
    "overview.tallies",
    "contacts.same_as_last",
    "notes.open",
    "notes.find",
    "notes.to_sign",
    "drafts.get",
    "follow_ups.planned",
    "follow_ups.between",
    "calendar.page",
    "calendar.while_away",
    "referrals.chase",
    "referrals.figures",
    "referrals.open_ones",
    "referrals.get",
    "consents.ending",
    "consents.of_person",
    "directory.traits",
    "handoff.preview",
    "handoff.print",
    "person_papers.preview",
    "reports.explain",
    "papers.disclosures",
    "today.page",
    "journal.read",
    "work_papers.agenda",
}
"""The verbs that answer with the person's name, for whoever may open the record."""

OTHERWISE = {
    "calls.export": "calls without people, tested below",
    "transfers.preview": "has a right of its own, tested in test_transfers",
    "notes.to_cosign": "has a right of its own, tested in test_notes",
    "papers.revocation_letter": "asked below with a consent that was taken back",
    "papers.emergency_record": "asked in test_way_out with a disclosure",
    "papers.appointment_card": "asked below with a referral",
    "papers.resource_list": "names nobody",
    "person_papers.blank": "forms to fill in by hand, which name nobody",
    "papers.chase_page": "reply codes alone",
    "papers.copy": "gives nothing back",
    "spelling.get": "single words that the agency itself counts as right",
    "notes.cosigned_roles": "roles alone",
    "directory.get": "one service of the directory",
    "directory_exchange.read_path": "reads a file that the caller holds",
    "directory_exchange.read_bytes": "reads a file that the caller holds",
    "directory_exchange.rejects": "writes a file that the caller holds",
    "directory_exchange.preview": "counts only",
    "directory_exchange.bring_in": "counts only",
    "directory_exchange.export": "the directory, in which nobody is named",
    "imports.recognise_calls": "reads a file that the caller holds",
    "imports.read_calls": "reads a file that the caller holds",
    "imports.rejects": "writes a file that the caller holds",
    "imports.preview_calls": "counts only",
    "imports.import_calls": "counts only",
    "watched_folder.sweep": "counts only",
    "watched_folder.waiting": "counts only",
    "imports.undo": "counts only",
    "maintenance.back_up": "an encrypted copy",
    "maintenance.try_backup": "counts and a moment",
    "reports.write": "writes a report that the caller holds",
    "reports.write_rows": "writes rows that the caller holds",
    "publications.open": "figures alone, and rows only by `explain`, tested with the reports",
    "publications.pages": "figures alone",
    "publications.explain": "names rows as `reports.explain` does",
    "publications.restatements": "figures alone",
    "maintenance.export_everything": "has a right of its own, tested below",
}
"""Verbs that are not asked, each with its reason."""


def answer(services, name, arguments):
    """What a verb gives back as text; a refusal says nothing."""
    service, verb = name.split(".")
    try:
        given = getattr(getattr(services, service), verb)(**arguments)
        is_page = isinstance(given, bytes) and given.startswith(b"%PDF")
        return (
            "".join(one.extract_text() for one in PdfReader(BytesIO(given)).pages) if is_page else repr(given)
        )
    except (Sealed, NotAllowed):
        return ""


def shown(services, planted):
    return {name for name, ask in ASKED.items() if WORD in answer(services, name, ask(planted))}


def test_every_verb_that_gives_something_back_is_asked():
    """A new list must stand here before it can leak."""
    looking = {f"{service}.{name}" for service, name, method in VERBS if method.right not in CHANGING}
    assert looking <= set(ASKED) | set(OTHERWISE)
    assert set(ASKED) | set(OTHERWISE) <= {f"{service}.{name}" for service, name, _method in VERBS}


@pytest.mark.parametrize("role", SHUT_OUT)
def test_no_verb_names_a_sealed_person_to_who_may_not_open_it(signed_in, planted, role):
    services = builders.services_as(signed_in, role)
    assert shown(services, planted) == set()
    assert WORD not in answer(services, "people.open", {"person_id": planted.relative})
    assert WORD not in answer(services, "search.find", {"query": planted.reply_code})
    assert WORD not in answer(services, "contacts.same_as_last", {"person_id": planted.relative})


def test_the_named_worker_and_the_supervisor_see_them_everywhere(signed_in, worker, planted):
    assert shown(worker, planted) == NAMES_THE_PERSON - LISTS_OF_LEADERS
    supervisor = builders.services_as(signed_in, Role.SUPERVISOR)
    own_words = {"contacts.same_as_last", "drafts.get"}
    assert shown(supervisor, planted) == NAMES_THE_PERSON - own_words


class TestRowsThatStillCount:
    def test_on_the_workbench(self, signed_in, planted):
        bench = builders.services_as(signed_in, Role.CLINICIAN).calls.open(call_id=planted.call)
        assert [(one.name, one.is_sealed) for one in bench.people] == [(SEALED_NAME, True)]
        assert bench.people[0].encounter.details.stated == StatedIdentity()
        assert [note.text for note in bench.call.notes] == [
            "Withheld: a restricted person was met on this call."
        ]

    def test_among_the_new_of_today_but_nowhere_else_on_the_page(self, signed_in, worker, planted):
        for _attempt in range(ATTEMPTS_BEFORE_SUPERVISOR):
            details = a_contact(
                planted.person, outcome=builders.Outcome.NO_ANSWER, follow_up_id=planted.follow_up
            )
            worker.contacts.log(details=details)
        own = (Listed.ATTEMPTS, Listed.CONSENTS)
        page = builders.services_as(signed_in, Role.CLINICIAN).today.page(only_mine=False)
        assert [one.name for one in page.new] == [SEALED_NAME]
        assert (page.due, page.waiting) == ((),) * 2
        hidden = builders.services_as(signed_in, Role.CLINICIAN).overview.tallies(only_mine=False)
        assert [one.count for one in hidden if one.listed in own] == [0, 0]
        mine = worker.today.page()
        assert len(mine.waiting) == 1
        shown = worker.overview.tallies()
        assert [one.count for one in shown if one.listed in own] == [1, 1]

    def test_in_the_record_of_a_relative(self, signed_in, planted):
        record = builders.services_as(signed_in, Role.CLINICIAN).people.open(person_id=planted.relative)
        assert record.linked == () and not record.cases and not record.referrals and not record.alerts
        assert [one.name for one in record.person.details.relations] == [SEALED_NAME]
        assert [one.text for one in record.timeline] == ["Withheld: also about a restricted person."]


def test_a_form_that_saw_a_veiled_relative_keeps_the_words_on_file(signed_in, worker, planted):
    other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
    seen = other.people.open(person_id=planted.relative).person
    other.people.change(person_id=seen.id, details=seen.details, version=seen.version)
    kept = worker.people.open(person_id=planted.relative).person.details.relations
    assert kept == (Relation("sister", WORD, WORD, planted.person, WORD),)


def test_whoever_seals_a_record_or_makes_a_sealed_one_can_still_open_it(worker, planted):
    seen = worker.people.open(person_id=worker.people.add(details=a_person("Lee", "Chan"))).person
    sealed = replace(seen.details, is_restricted=True)
    worker.people.change(person_id=seen.id, details=sealed, version=seen.version)
    met = worker.encounters.add(call_id=planted.call, details=an_encounter("Kim"))
    made = worker.encounters.link_new(encounter_id=met, details=a_person("Kim", "Lee", is_restricted=True))
    for person_id in (seen.id, made):
        assert worker.people.open(person_id=person_id)


def test_an_export_of_calls_names_nobody(signed_in, planted, tmp_path):
    admin, out = builders.services_as(signed_in, Role.ADMINISTRATOR), tmp_path / "calls.csv"
    assert admin.calls.export(out=out) == 1 and WORD not in out.read_text(encoding="utf-8-sig")


def test_exporting_everything_is_the_administrators_alone_and_journaled(signed_in, admin, planted, tmp_path):
    for role in Role:
        services = builders.services_as(signed_in, role)
        if role is not Role.ADMINISTRATOR:
            with pytest.raises(NotAllowed):
                services.maintenance.export_everything(folder=tmp_path / role.value)
            assert not (tmp_path / role.value).exists()
    assert admin.maintenance.export_everything(folder=tmp_path / "all")["person"] == 2
    with admin.context.read("test") as work:
        assert [one.kind for one in work.journal.newest(limit=1)] == ["exported"]
    from caseapp.services.maintenance import MaintenanceService

    assert MaintenanceService.export_everything.right is Right.EXPORT_EVERYTHING
