import io
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader

from caseapp.documents.handoff import PART2_STATEMENT
from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.consents import ConsentDetails, ConsentKind, InformationKind, SignatureKind
from caseapp.domain.contacts import NoteForm, NoteText, NoteTooLong
from caseapp.domain.disclosures import ConsentMissing, Law
from caseapp.domain.errors import StaleRecord
from caseapp.domain.journal import JournalFilter, Told
from caseapp.domain.notes import (
    AddendumEmpty,
    CosignNotDue,
    NoteLocked,
    NothingToSign,
    NotTheAuthor,
    OwnNote,
    Standing,
    standing,
)
from caseapp.services.printed_notes import NothingToPrint
from tests.builders import HOSTILE, NOW, TODAY, a_contact, a_person, services_as


def said(words, **changes):
    return {"note": NoteText(parts={"Note": words}), **changes}


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


@pytest.fixture
def peer(signed_in):
    return services_as(signed_in, Role.PEER_SPECIALIST)


@pytest.fixture
def supervisor(signed_in):
    return services_as(signed_in, Role.SUPERVISOR)


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


class TestSigning:
    def test_locks_the_note_and_leaves_addenda(self, worker, person_id, supervisor):
        made = worker.contacts.log(details=a_contact(person_id)).contact_id
        assert [one.contact_id for one in worker.notes.to_sign()] == [made]
        with pytest.raises(NotTheAuthor):
            supervisor.notes.sign(contact_id=made)
        worker.notes.sign(contact_id=made)
        with pytest.raises(NothingToSign):
            worker.notes.sign(contact_id=made)
        version = worker.notes.open(contact_id=made).contact.version
        with pytest.raises(NoteLocked):
            worker.contacts.change(contact_id=made, details=a_contact(person_id), version=version)
        with pytest.raises(AddendumEmpty):
            worker.notes.add_addendum(contact_id=made, text=" \x00 ")
        supervisor.notes.add_addendum(contact_id=made, text="The bus was line 4.")
        opened = worker.notes.open(contact_id=made).contact
        assert standing(opened) is Standing.SIGNED
        assert [(one.by, one.text) for one in opened.addenda] == [("Supervisor", "The bus was line 4.")]
        assert worker.notes.to_sign() == []

    def test_of_a_peer_waits_for_the_supervisor_who_did_not_write_it(self, peer, person_id, supervisor):
        made = peer.contacts.log(details=a_contact(person_id)).contact_id
        with pytest.raises(CosignNotDue):
            supervisor.notes.cosign(contact_id=made)
        peer.notes.sign(contact_id=made)
        assert [one.standing for one in supervisor.notes.to_cosign()] == [Standing.WAITS_FOR_COSIGN]
        with pytest.raises(NotAllowed):
            peer.notes.cosign(contact_id=made)
        supervisor.notes.cosign(contact_id=made)
        assert supervisor.notes.to_cosign() == []
        opened = peer.notes.open(contact_id=made).contact
        assert (opened.cosigned_by, standing(opened)) == ("Supervisor", Standing.SIGNED)
        own = supervisor.contacts.log(details=a_contact(person_id)).contact_id
        with pytest.raises(OwnNote):
            supervisor.notes.cosign(contact_id=own)


class TestChanging:
    def test_is_asked_of_the_roles_that_the_agency_names(self, admin, worker, peer, person_id, supervisor):
        assert worker.notes.cosigned_roles() == {Role.PEER_SPECIALIST}
        with pytest.raises(NotAllowed):
            supervisor.notes.change_cosigned_roles(roles=frozenset())
        admin.notes.change_cosigned_roles(roles=frozenset({Role.SOCIAL_WORKER}))
        for services in (worker, peer):
            note = NoteText(NoteForm.PLAIN, {"Note": "went well"})
            logged = services.contacts.log(details=a_contact(person_id, note=note))
            services.notes.sign(contact_id=logged.contact_id)
        assert [one.by for one in supervisor.notes.to_cosign()] == [worker.context.actor.name]

    def test_is_the_authors_and_bumps_the_version(self, worker, peer, person_id):
        made = worker.contacts.log(details=a_contact(person_id)).contact_id
        details = a_contact(person_id, place="Library", **said("anew"))
        with pytest.raises(NotTheAuthor):
            peer.contacts.change(contact_id=made, details=details, version=1)
        worker.contacts.change(contact_id=made, details=details, version=1)
        with pytest.raises(StaleRecord):
            worker.contacts.change(contact_id=made, details=details, version=1)
        opened = worker.notes.open(contact_id=made).contact
        assert (opened.version, opened.details.place, opened.details.note.text) == (2, "Library", "anew")

    def test_a_change_of_the_note_alone_is_stale_for_the_second_window(self, worker, person_id):
        made = worker.contacts.log(details=a_contact(person_id)).contact_id
        worker.contacts.change(
            contact_id=made, details=a_contact(person_id, **said("first window")), version=1
        )
        with pytest.raises(StaleRecord):
            worker.contacts.change(contact_id=made, details=a_contact(person_id, **said("second")), version=1)

    def test_may_change_who_it_was_with(self, worker, person_id):
        other = worker.people.add(details=a_person("Ana", "Reyes"))
        made = worker.contacts.log(details=a_contact(person_id)).contact_id
        worker.contacts.change(contact_id=made, details=a_contact(other), version=1)
        assert worker.notes.open(contact_id=made).names == ("Ana Reyes",)


class TestHostileWords:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
            ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
            ("שלום وداعا 😀👩‍👩‍👧 \u202eevil", "שלום وداعا 😀👩‍👩‍👧 \u202eevil"),
            ("half \ud83d pair", "half  pair"),
            ("e\u0301", "é"),
        ],
    )
    def test_are_kept_as_a_person_meant_them(self, worker, person_id, typed, kept):
        made = worker.contacts.log(details=a_contact(person_id, **said(typed))).contact_id
        assert worker.notes.open(contact_id=made).contact.details.note.text == kept
        assert worker.notes.print(person_id=person_id).pdf.startswith(b"%PDF")

    def test_ten_thousand_letters_are_a_note_and_a_pasted_file_is_not(self, worker, person_id):
        long = "word and word " * 715
        made = worker.contacts.log(details=a_contact(person_id, **said(long))).contact_id
        assert worker.notes.open(contact_id=made).contact.details.note.text == long.strip()
        assert "word and word" in text_of(worker.notes.print(person_id=person_id).pdf)
        with pytest.raises(NoteTooLong):
            worker.contacts.log(details=a_contact(person_id, **said("x" * 100_001)))


class TestSearch:
    def test_finds_every_word_past_accents_and_endings(self, worker, person_id):
        words = "Señora Núñez brought the résumé to the café, Phượng was there"
        made = worker.contacts.log(details=a_contact(person_id, **said(words))).contact_id
        for query in ("nunez resume", "CAFÉ sen", "phuong", '"café" OR (x', "resu*"):
            found = worker.notes.find(words=query)
            wanted = [] if "OR" in query else [made]
            assert [one.contact_id for one in found] == wanted
        assert "résumé" in worker.notes.find(words="resume")[0].excerpt
        assert worker.notes.find(words="") == worker.notes.find(words=" *") == []

    def test_journals_whose_words_were_shown_and_nothing_where_nobody_was_found(
        self, admin, worker, person_id
    ):
        """Words of a note were read by whoever searched for them, and its history did not tell."""
        other = worker.people.add(details=a_person("Ana", "Reyes"))
        worker.contacts.log(details=a_contact(person_id, **said("walrus")))
        worker.contacts.log(details=a_contact(other, **said("penguin")))
        before = worker.context.database.head().seq
        assert worker.notes.find(words="ostrich") == [] and worker.notes.find(words="") == []
        assert worker.context.database.head().seq == before
        assert worker.notes.find(words="walrus")
        looks = {
            one: admin.journal.read(where=JournalFilter(person_id=one, told=Told.LOOKS))
            for one in (person_id, other)
        }
        assert [one.verb for one in looks[person_id]] == ["note.find"] and looks[other] == []
        assert "walrus" not in repr(looks)

    def test_finds_addenda_and_forgets_what_was_changed_or_taken_back(self, worker, person_id):
        logged = worker.contacts.log(details=a_contact(person_id, **said("walrus")))
        worker.contacts.change(
            contact_id=logged.contact_id, details=a_contact(person_id, **said("penguin")), version=1
        )
        assert not worker.notes.find(words="walrus")
        worker.notes.add_addendum(contact_id=logged.contact_id, text="ostrich as well")
        assert worker.notes.find(words="penguin ostrich", person_id=person_id)
        other = worker.people.add(details=a_person("Ana", "Reyes"))
        assert not worker.notes.find(words="penguin", person_id=other)
        taken_back = worker.contacts.log(details=a_contact(person_id, **said("cormorant")))
        assert worker.notes.find(words="cormorant")
        worker.contacts.take_back(logged=taken_back)
        assert not worker.notes.find(words="cormorant")

    def test_leaves_clinical_words_to_those_who_read_them(self, signed_in, person_id, peer):
        clinician = services_as(signed_in, Role.CLINICIAN)
        note = NoteText(NoteForm.SOAP, {"Plan": "lithium"})
        made = clinician.contacts.log(details=a_contact(person_id, note=note)).contact_id
        assert clinician.notes.find(words="lithium") and not peer.notes.find(words="lithium")
        assert "lithium" not in repr(peer.notes.open(contact_id=made))
        with pytest.raises(NothingToPrint):
            peer.notes.print(person_id=person_id)


class TestPrinting:
    def test_is_for_the_person_where_the_recipient_is_left_blank(self, worker, person_id):
        worker.contacts.log(details=a_contact(person_id))
        worker.notes.print(person_id=person_id, recipient="  ")
        (told,) = worker.papers.disclosures(person_id=person_id)
        assert told.recipient == "James Okafor"

    def test_is_for_the_person_or_with_consent_and_leaves_out_what_is_about_others(self, worker, person_id):
        other = worker.people.add(details=a_person("Ana", "Reyes"))
        worker.contacts.log(details=a_contact(person_id, **said("alone with James")))
        worker.contacts.log(details=a_contact(person_id, other, **said("both of them")))
        text = text_of(worker.notes.print(person_id=person_id).pdf)
        assert "alone with James" in text and "both of them" not in text and "1 kept back" in text
        with pytest.raises(ConsentMissing):
            worker.notes.print(person_id=person_id, recipient="Harbor Detox")
        assert [one.what for one in worker.papers.disclosures(person_id=person_id)] == ["Notes of contacts"]

    def test_of_a_part_2_program_goes_with_the_notice_and_what_the_consent_covers(
        self, admin, worker, person_id
    ):
        admin.staff.change_agency(agency=replace(admin.staff.agency(), law=Law.PART_2))
        given = ConsentDetails(
            kind=ConsentKind.PART_2,
            recipients=("Harbor Detox",),
            purpose="treatment",
            information=frozenset(InformationKind),
            starts_on=TODAY,
            expires_on=TODAY + timedelta(days=30),
            discloser="Riverside",
            signed_on=TODAY,
            signature=SignatureKind.PAPER,
            right_to_revoke_told=True,
        )
        worker.consents.record(person_id=person_id, details=given)
        worker.contacts.log(details=a_contact(person_id, **said("a quiet day")))
        printed = worker.notes.print(person_id=person_id, recipient="Harbor Detox")
        text = " ".join(text_of(printed.pdf).split())
        assert "a quiet day" in text and PART2_STATEMENT in text
        assert "Consent to Harbor Detox for treatment" in text and "until 24 Dec 2026" in text

    def test_takes_those_of_one_case(self, worker, person_id):
        worker.contacts.log(details=a_contact(person_id, **said("before the case")))
        case = worker.cases.open_case(person_id=person_id, opened_from="self")
        worker.contacts.log(details=a_contact(person_id, **said("within the case")))
        text = text_of(worker.notes.print(person_id=person_id, case_id=case.id).pdf)
        assert "within the case" in text and "before the case" not in text and "kept back" not in text

    def test_says_late_entry_and_prints_hostile_letters(self, worker, person_id):
        at = NOW - timedelta(days=3)
        worker.contacts.log(details=a_contact(person_id, at=at, **said(HOSTILE)))
        text = text_of(worker.notes.print(person_id=person_id).pdf)
        assert "Late entry" in text and "Not signed yet" in text and "O'Brien" in text


def test_a_person_restricted_meanwhile_takes_no_note_and_no_word_is_lost(worker, signed_in, person_id):
    from caseapp.domain.access import Sealed

    other = services_as(signed_in, Role.SOCIAL_WORKER)
    seen = worker.people.open(person_id=person_id).person
    other.people.change(
        person_id=person_id, details=replace(seen.details, is_restricted=True), version=seen.version
    )
    with pytest.raises(Sealed):
        worker.contacts.log(details=a_contact(person_id))
    worker.drafts.keep(form="contact", person_id=person_id, content={"notes": {"Note": "half"}})
    with pytest.raises(Sealed):
        worker.drafts.get(form="contact", person_id=person_id)
