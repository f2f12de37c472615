"""Nothing about a person leaves but through the one gate: every way out is found in the code and asked."""

import ast
import inspect
import io
import typing
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

import caseapp
from caseapp.documents.handoff import PART2_STATEMENT
from caseapp.domain.access import NotAllowed, Role, Sealed
from caseapp.domain.consents import ConsentKind, InformationKind, SignatureKind
from caseapp.domain.disclosures import (
    Basis,
    ConsentMissing,
    EmergencyFactsMissing,
    Ground,
    Law,
    RulingChanged,
    SaysSubstanceUse,
    Subjects,
    subjects_of,
)
from caseapp.domain.forms import UnknownPlaceholder
from caseapp.domain.referrals import LadderStep, Method, Proof, Step
from caseapp.services.context import Context
from caseapp.services.disclosure_papers import NotAnEmergency, NotRevoked
from caseapp.services.papers import NoAppointment
from caseapp.services.way_out import Printed
from tests import builders
from tests.builders import EMERGENCY, HOSTILE, NOW, TODAY, Clock, a_call, a_consent, a_person, an_encounter
from tests.services.verbs import VERBS

ROOT = Path(caseapp.__file__).parent
NEED = "a quiet bed in withdrawal"

UI_WAYS = {
    "ui/way_out.py": "the gate's own hands: called after a service answered",
    "ui/gate/window.py": "a new database and its recovery sheet, which name no person",
}
"""Modules of the desk that touch the clipboard, a printer, or the choice of a file to write."""

WRITERS = {
    "cli.py": "writes what a verb below let out",
    "import_commands.py": "the rejected rows of a file that the user gave",
    "ui/screen.py": "writes what a verb below let out",
    "ui/imports/screen.py": "rejected rows of a file that the user holds",
    "ui/layouts/file_part.py": "writes what a verb below let out",
    "ui/main_window.py": "how the window stood",
    "ui/tour/tour.py": "what the tour measured on the sample",
    "ui/tour/main_job.py": "an export of invented people, for the tour to import",
    "app.py": "the name of the last database",
    "ui/imports/match_screen.py": "writes what a verb below let out",
    "ui/reports/screen.py": "writes what a verb below let out",
    "ui/reports/rows_screen.py": "writes what a verb below let out",
    "print_commands.py": "writes what a verb below let out",
    "report_commands.py": "writes what a verb below let out",
    "services/extracts.py": "people whose consent names the recipient; each is in their accounting",
    "services/maintenance.py": "everything, by a right of its own, journaled",
    "services/row_files.py": "calls without people, and the safe-harbor list; journaled",
    "system/anchor.py": "the journal's head",
    "system/tries.py": "how many passwords were wrong",
    "services/watched_folder.py": "rejected rows of a file that the dispatch centre put there",
    "services/creation.py": "the recovery sheet, which names no person",
    "system/keys.py": "the key file",
    "system/files.py": "the writing itself",
}
"""Modules that write files, and why each may."""

VERB_WAYS = {
    "handoff.preview": "asks the gate",
    "handoff.print": "asks the gate",
    "papers.release": "asks the gate",
    "papers.revocation_letter": "asks the gate",
    "papers.emergency_record": "asks the gate",
    "papers.accounting": "asks the gate",
    "papers.appointment_card": "asks the gate",
    "notes.print": "asks the gate",
    "work_papers.caseload": "stays in the house, journaled with everybody it names",
    "work_papers.hand_over": "stays in the house, journaled with everybody it names",
    "work_papers.agenda": "stays in the house, journaled with everybody it names",
    "work_papers.review": "stays in the house, journaled with everybody it names",
    "papers.resource_list": "names nobody",
    "person_papers.preview": "asks the gate",
    "person_papers.print": "asks the gate",
    "person_papers.blank": "forms to fill in by hand, which name nobody",
    "form_samples.page": "an invented person, to see how a text prints",
    "letters.check": "the pages as they would print; nothing leaves before letters.print",
    "letters.print": "asks the gate",
    "papers.chase_page": "names nobody: reply codes alone",
    "directory_exchange.export": "the directory, in which nobody is named",
    "directory_exchange.rejects": "rows of a file that the caller holds",
    "reports.write": "figures, which name nobody; small cells hidden for the public",
    "reports.write_rows": "rows of records, by the right to export, journaled",
    "publications.pages": "figures as they were published",
    "calendar.export": "no names, but where the gate finds a consent that names the recipient",
    "list_matching.save": "pairs by record and reason, by the right to export, journaled",
    "imports.rejects": "rows of a file that the caller holds",
    "layouts.written": "which columns an export has and what its codes mean, which names nobody",
    "people_lists.rejects": "rows of a file that the caller holds",
}
"""Every verb that answers with a page or a file."""


def calls_of(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            yield function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@cache
def every_call():
    """The names that each file of the program calls, read once for all that ask."""
    return {file.relative_to(ROOT).as_posix(): frozenset(calls_of(file)) for file in ROOT.rglob("*.py")}


def files_calling(names):
    return {file for file, called in every_call().items() if names & called}


def holds_pages(answer):
    """Whether a verb answers with bytes, or with a value that carries a page."""
    carried = fields(answer) if is_dataclass(answer) else ()
    return "bytes" in str(answer) or any(one.name == "pdf" for one in carried)


class TestEveryWayOut:
    def test_of_the_desk_goes_through_one_module(self):
        touching = files_calling({"clipboard", "QPrinter", "QPrintDialog", "getSaveFileName"})
        assert touching == set(UI_WAYS)

    def test_that_writes_a_file_is_known(self):
        writing = {"write_atomically", "write_pieces", "write_own", "write_bytes", "write_text"}
        assert files_calling(writing) == set(WRITERS)

    def test_that_is_a_verb_is_known_and_says_how_it_asks(self):
        found = set()
        for service, name, method in VERBS:
            answer = typing.get_type_hints(method).get("return")
            if holds_pages(answer):
                found.add(f"{service}.{name}")
        assert found == set(VERB_WAYS)

    def test_that_asks_does_so_by_the_gate(self):
        """The gate is the one place that rules and the one that writes the accounting."""
        assert files_calling({"decide_disclosure"}) == {"services/way_out.py"}
        users = {
            file.relative_to(ROOT).as_posix()
            for file in ROOT.rglob("*.py")
            if "disclosures.add(" in file.read_text(encoding="utf-8")
        }
        assert users == {"services/way_out.py"}
        for name in (one for one, how in VERB_WAYS.items() if how == "asks the gate"):
            service, verb = name.split(".")
            method = next(m for s, n, m in VERBS if (s, n) == (service, verb))
            source = inspect.getsource(inspect.unwrap(method))
            assert "_to_the_person(" in source or "way_out." in source or "self._rule(" in source


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(worker, clock):
    """A social worker whose clock can be moved."""
    from caseapp.services.desk import build_services
    from caseapp.services.session import SignedIn
    from caseapp.services.staff import KeyRing
    from caseapp.system import keys

    context = Context(worker.context.database, worker.context.actor, worker.context.zone, clock)
    return build_services(SignedIn(context, KeyRing(b"", keys.LOWEST_COST), worker.staff.agency()))


@pytest.fixture
def person_id(desk):
    return desk.people.add(details=a_person())


@pytest.fixture
def referral(desk, person_id):
    call_id = desk.calls.add(call=a_call())
    desk.encounters.add(call_id=call_id, details=an_encounter(), person_id=person_id)
    return desk.referrals.offer(
        person_id=person_id, need=NEED, method=Method.PACKET, place="Harbor Detox", is_substance_use=True
    )


consents = st.builds(
    a_consent,
    kind=st.sampled_from([ConsentKind.PART_2, ConsentKind.RELEASE]),
    recipients=st.sampled_from([("Harbor Detox",), ("Somebody else",), ("x", "harbor  detox")]),
    information=st.frozensets(st.sampled_from(list(InformationKind)), min_size=1),
    starts_on=st.sampled_from([TODAY - timedelta(days=30), TODAY]),
    expires_on=st.sampled_from([TODAY, TODAY + timedelta(days=9)]),
)


class TestSubstanceUse:
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.tuples(consents, st.booleans()), max_size=3),
        st.booleans(),
        st.sampled_from(["", "Harbor Detox", "Mill Clinic"]),
    )
    def test_is_printed_only_with_its_consent_and_never_without_the_notice(
        self, signed_in, recorded, is_emergency, recipient
    ):
        desk = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        person_id = desk.people.add(details=a_person())
        made = desk.referrals.offer(
            person_id=person_id, need=NEED, method=Method.PACKET, place="Harbor Detox", is_substance_use=True
        )
        covering = False
        for details, is_revoked in recorded:
            consent_id = desk.consents.record(person_id=person_id, details=details)
            if is_revoked:
                desk.consents.revoke(consent_id=consent_id, reason="x")
            names = {" ".join(one.casefold().split()) for one in details.recipients}
            covering |= (
                not is_revoked
                and details.kind is ConsentKind.PART_2
                and {InformationKind.SUBSTANCE_USE, InformationKind.CARE} <= details.information
                and (recipient or "Harbor Detox").casefold() in names
            )
        ground = Ground(Basis.MEDICAL_EMERGENCY, emergency=EMERGENCY) if is_emergency else None
        try:
            printed = desk.handoff.print(referral_id=made.id, recipient=recipient, ground=ground)
        except ConsentMissing:
            assert not is_emergency
            assert desk.papers.disclosures(person_id=person_id) == []
            return
        text = text_of(printed.pdf)
        assert not (NEED in text and not (covering or is_emergency))
        assert (PART2_STATEMENT in text) >= (NEED in text)
        assert desk.papers.disclosures(person_id=person_id)[0].number == printed.number

    def test_covers_every_item_where_the_agency_is_a_part_2_program(self, desk, admin, person_id):
        admin.staff.change_agency(agency=replace(admin.staff.agency(), law=Law.PART_2))
        plain = desk.referrals.offer(
            person_id=person_id, need="food", method=Method.PACKET, place="Open Table"
        )
        desk.consents.record(
            person_id=person_id, details=a_consent(kind=ConsentKind.RELEASE, recipients=("Open Table",))
        )
        assert not desk.handoff.preview(referral_id=plain.id).ruling.may_leave
        desk.consents.record(person_id=person_id, details=a_consent(recipients=("Open Table",)))
        assert PART2_STATEMENT in text_of(desk.handoff.print(referral_id=plain.id).pdf)


class TestBetweenPreviewAndPrint:
    def test_a_consent_that_ends_stops_the_print(self, desk, clock, person_id, referral):
        desk.consents.record(person_id=person_id, details=a_consent(expires_on=TODAY))
        seen = desk.handoff.preview(referral_id=referral.id)
        assert seen.ruling.may_leave
        clock.at = NOW + timedelta(days=1)
        with pytest.raises(ConsentMissing):
            desk.handoff.print(referral_id=referral.id, previewed=seen.ruling)
        assert desk.papers.disclosures(person_id=person_id) == []

    def test_a_consent_that_covers_less_stops_the_print(self, desk, person_id, referral):
        full = desk.consents.record(person_id=person_id, details=a_consent())
        few = frozenset({InformationKind.IDENTITY})
        desk.consents.record(person_id=person_id, details=a_consent(information=few))
        seen = desk.handoff.preview(referral_id=referral.id)
        desk.consents.revoke(consent_id=full, reason="changed mind")
        with pytest.raises(RulingChanged):
            desk.handoff.print(referral_id=referral.id, previewed=seen.ruling)
        assert desk.handoff.print(referral_id=referral.id).number


class TestEmergency:
    def test_needs_its_four_facts_and_no_special_right(self, signed_in, desk, referral, person_id):
        peer = builders.services_as(signed_in, Role.PEER_SPECIALIST)
        for fact in ("receiver", "affiliation", "discloser", "nature"):
            ground = Ground(Basis.MEDICAL_EMERGENCY, emergency=replace(EMERGENCY, **{fact: " "}))
            with pytest.raises(EmergencyFactsMissing):
                peer.handoff.print(referral_id=referral.id, ground=ground)
        printed = peer.handoff.print(
            referral_id=referral.id, ground=Ground(Basis.MEDICAL_EMERGENCY, emergency=EMERGENCY)
        )
        text = text_of(printed.pdf)
        assert NEED in text and PART2_STATEMENT in text
        record = text_of(desk.papers.emergency_record(disclosure_id=printed.disclosure_id).pdf)
        for words in ("Dr. Lee", "Riverside Hospital", "Dana", "overdose", printed.number, "James Okafor"):
            assert words in record

    def test_record_is_of_an_emergency_only(self, desk, person_id, referral):
        desk.consents.record(person_id=person_id, details=a_consent())
        printed = desk.handoff.print(referral_id=referral.id)
        with pytest.raises(NotAnEmergency):
            desk.papers.emergency_record(disclosure_id=printed.disclosure_id)


class TestPapersOfThePerson:
    def test_accounting_lists_what_left_and_not_what_the_person_was_given(self, desk, person_id, referral):
        desk.consents.record(person_id=person_id, details=a_consent())
        left = desk.handoff.print(referral_id=referral.id, address="1 Harbor Way")
        own = desk.papers.release(person_id=person_id)
        text = text_of(desk.papers.accounting(person_id=person_id).pdf)
        assert left.number in text and "1 Harbor Way" in text and "treatment" in text
        assert own.number not in text
        spanish = text_of(desk.papers.accounting(person_id=person_id, language="es").pdf)
        assert "Lista de lo que se compartió" in spanish and left.number in spanish

    def test_accounting_is_refused_where_half_of_it_is_sealed(self, signed_in, desk, person_id):
        """A record linked with theirs that whoever prints may not open would be left out unsaid."""
        other = builders.services_as(signed_in, Role.SUPERVISOR)
        details = builders.a_person("Jim", "Okafor", is_restricted=True)
        sealed_id = other.people.add(details=details)
        other.links.link(left_id=person_id, right_id=sealed_id, reason="same person")
        assert text_of(other.papers.accounting(person_id=person_id).pdf)
        with pytest.raises(Sealed):
            desk.papers.accounting(person_id=person_id)

    def test_accounting_says_when_nothing_left(self, desk, person_id):
        assert "Nothing was given to others" in text_of(desk.papers.accounting(person_id=person_id).pdf)

    @pytest.mark.parametrize("language", ["en", "es"])
    def test_release_prints_blank_and_filled(self, desk, person_id, language):
        blank = text_of(desk.papers.release(person_id=person_id, language=language).pdf)
        assert "James Okafor" in blank and "Harbor Detox" not in blank
        details = a_consent(
            purpose=HOSTILE,
            signature=SignatureKind.DRAWN,
            signer="guardian",
            signer_name="Ann Lee",
            copy_given=True,
        )
        strokes = [[(0.1, 0.2), (0.5, 0.9)], [(0.6, 0.1), (0.9, 0.4)]]
        consent_id = desk.consents.record(person_id=person_id, details=details, strokes=strokes)
        filled = desk.papers.release(person_id=person_id, consent_id=consent_id, language=language)
        assert "Harbor Detox" in text_of(filled.pdf) and "<b>O'Brien</b>" in text_of(filled.pdf)
        assert "Ann Lee" in text_of(filled.pdf) and "42 CFR" in text_of(filled.pdf)

    def test_letter_says_that_a_consent_was_taken_back(self, desk, person_id):
        consent_id = desk.consents.record(person_id=person_id, details=a_consent())
        with pytest.raises(NotRevoked):
            desk.papers.revocation_letter(consent_id=consent_id)
        desk.consents.revoke(consent_id=consent_id, reason="changed their mind")
        text = text_of(desk.papers.revocation_letter(consent_id=consent_id).pdf)
        assert "Harbor Detox" in text and "changed their mind" not in text and "24 Nov 2026" in text

    def test_card_says_when_and_where_and_never_why(self, desk, referral):
        with pytest.raises(NoAppointment):
            desk.papers.appointment_card(referral_id=referral.id)
        for step in (Step.ACCEPTED_BY_PERSON, Step.SENT, Step.APPOINTMENT):
            at = NOW + timedelta(days=2) if step is Step.APPOINTMENT else None
            taken = LadderStep(step, TODAY, Proof.AGENCY_SAID, appointment_at=at)
            referral = desk.referrals.take_step(
                referral_id=referral.id, taken=taken, version=referral.version, accepted_by="Kim at the desk"
            )
        text = text_of(desk.papers.appointment_card(referral_id=referral.id).pdf)
        assert "Thursday 26 November, 9:00 AM" in text and "Kim at the desk" in text
        page = desk.handoff.preview(
            referral_id=referral.id,
            recipient="Harbor Detox",
            ground=Ground(Basis.MEDICAL_EMERGENCY, emergency=EMERGENCY),
        )
        assert "Thursday 26 November 2026, 9:00 AM" in text_of(page.pdf)
        assert "Detox" not in text and NEED not in text and "Riverside Follow-up" not in text
        assert "jueves 26 de noviembre" in text_of(
            desk.papers.appointment_card(referral_id=referral.id, language="es").pdf
        )

    def test_are_refused_around_the_seal(self, desk, signed_in):
        sealed = desk.people.add(details=a_person(is_restricted=True))
        other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        for verb in (other.papers.release, other.papers.accounting, other.papers.disclosures):
            with pytest.raises(Sealed):
                verb(person_id=sealed)

    def test_say_what_the_agency_says_and_the_shipped_text_comes_back(self, desk, admin, person_id):
        with pytest.raises(NotAllowed):
            desk.forms.put(form="release", language="en", name="intro", text="x")
        with pytest.raises(UnknownPlaceholder):
            admin.forms.put(form="release", language="en", name="intro", text="Dear {name}")
        admin.forms.put(form="release", language="en", name="intro", text="We ask <b>you</b>.")
        assert "We ask <b>you</b>." in text_of(desk.papers.release(person_id=person_id).pdf)
        admin.forms.put(form="release", language="en", name="intro", text="")
        assert "I do not have to sign" in text_of(desk.papers.release(person_id=person_id).pdf)

    def test_texts_of_both_languages_have_the_same_places(self):
        from caseapp.domain.forms import _PLACE
        from caseapp.services.forms import shipped

        for form in builders.SHIPPED:
            english, spanish = shipped(form, "en")[1], shipped(form, "es")[1]
            assert set(english) == set(spanish)
            for name, text in english.items():
                assert set(_PLACE.findall(text)) == set(_PLACE.findall(spanish[name])), name


class TestCopying:
    def test_finds_everybody_in_any_row(self, desk, person_id, referral):
        row = desk.referrals.open_ones()[0]
        assert subjects_of(row) == Subjects(frozenset({person_id}), True)
        record = desk.people.open(person_id=person_id)
        assert person_id in subjects_of(record.person).people
        assert subjects_of(desk.today.page(only_mine=False).new[0]).people == {person_id}
        assert subjects_of("text").people == frozenset()

    def test_is_journaled_and_refused_where_it_says_substance_use(self, desk, person_id, admin):
        desk.papers.copy(subjects=Subjects(frozenset({person_id}), False), what="people")
        assert builders.journaled(admin, person_id)[0].kind == "copied"
        with pytest.raises(SaysSubstanceUse):
            desk.papers.copy(subjects=Subjects(frozenset({person_id}), True), what="referrals")

    def test_does_not_reach_behind_the_seal(self, desk, signed_in):
        sealed = desk.people.add(details=a_person(is_restricted=True))
        other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        with pytest.raises(Sealed):
            other.papers.copy(subjects=Subjects(frozenset({sealed}), False), what="people")


def test_a_printed_page_is_what_the_accounting_keeps(desk, person_id, referral, admin):
    desk.consents.record(person_id=person_id, details=a_consent())
    printed = desk.handoff.print(referral_id=referral.id)
    assert isinstance(printed, Printed)
    with admin.context.read("test") as work:
        assert work.disclosures.page(printed.disclosure_id) == printed.pdf
