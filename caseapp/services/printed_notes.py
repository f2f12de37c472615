"""Notes on paper: which of them may be read and leave, and the page that tells of those that stay."""

from collections.abc import Sequence
from uuid import UUID

from caseapp.documents import notes as notes_document
from caseapp.documents.page import Built
from caseapp.domain.access import Right, has_right
from caseapp.domain.consents import InformationKind, scope_words
from caseapp.domain.contacts import CLINICAL_FORMS, Contact, NoteForm
from caseapp.domain.day_words import day_words
from caseapp.domain.disclosures import Ground, Item, Ruling
from caseapp.domain.errors import CaseAppError
from caseapp.domain.staff import Agency
from caseapp.services import note_words, way_out
from caseapp.services.context import Service, verb
from caseapp.services.groups import members_of, open_group
from caseapp.services.paper_words import part2_notice
from caseapp.services.way_out import Paper, Printed
from caseapp.store.unit_of_work import UnitOfWork


class NothingToPrint(CaseAppError):
    """None of the notes has words that may leave with this person's."""

    code = "note.nothing-to-print"


class PrintedNotes(Service):
    """The part of the service of notes that prints them, by the words that the actor may read."""

    @verb(Right.DISCLOSE)
    def print(
        self,
        *,
        person_id: UUID,
        contact_ids: tuple[UUID, ...] = (),
        case_id: UUID | None = None,
        recipient: str = "",
        ground: Ground | None = None,
    ) -> Printed:
        """Notes of a person on paper, oldest first: these, those of a case, or all.

        Without a recipient they are for the person. Notes that are also about others stay out, as those do
        that the actor's role does not read. Raises NothingToPrint, ConsentMissing, Sealed or NotAllowed.
        """
        recipient = recipient.strip()
        ground = ground or (None if recipient else way_out.TO_THE_PERSON)
        with self._context.write("note.print") as work:
            self._context.open_person(work, person_id, verb="note.print")
            chosen, readable = self._chosen(work, person_id, contact_ids, case_id)
            ruling = way_out.rule(
                self._context,
                work,
                person_id=person_id,
                items=tuple(_item(one) for one in readable),
                recipient=recipient,
                ground=ground,
                verb="note.print",
            )
            number = way_out.next_number(self._context, work)
            reader = recipient or open_group(self._context, work, person_id).display_name
            built = self._built(
                work, person_id, readable, chosen, ruling=ruling, reader=reader, number=number
            )
            return way_out.let_out(
                work,
                person_id=person_id,
                ruling=ruling,
                previewed=None,
                recipient=reader,
                address="",
                paper=Paper("notes", "Notes of contacts", "notes 1"),
                built=built,
                number=number,
                ground=ground,
            )

    def _built(
        self,
        work: UnitOfWork,
        person_id: UUID,
        readable: list[Contact],
        chosen: int,
        *,
        ruling: Ruling,
        reader: str,
        number: str,
    ) -> Built:
        """The pages of those that the ruling allows; `chosen` are how many were asked for."""
        agency = work.agency.get()
        allowed = {item.key for item in ruling.allowed}
        said = note_words.paper(
            [one for one in readable if one.id.hex in allowed],
            zone=self._context.zone,
            said=work.agency.code_words(),
            agency=agency,
            person=open_group(self._context, work, person_id).display_name,
            recipient=reader,
            left_out=chosen - len(allowed),
            notice=_notice(work, agency, ruling),
            foot=way_out.foot(self._context, number),
        )
        return notes_document.build(said)

    def _chosen(
        self, work: UnitOfWork, person_id: UUID, contact_ids: tuple[UUID, ...], case_id: UUID | None
    ) -> tuple[int, list[Contact]]:
        """How many notes were asked for, and those that are about nobody else and the actor may read.

        Raises NothingToPrint where none of them is.
        """
        members = members_of(self._context, work, person_id)
        every = [one for each in members for one in work.contacts.of_person(each)]
        chosen = {
            one.id: one
            for one in every
            if (not contact_ids or one.id in contact_ids) and case_id in (None, one.details.case_id)
        }
        alone = [one for one in chosen.values() if set(one.details.person_ids) <= set(members)]
        readable = [one for one in self._readable(work, alone) if one.has_words]
        if not readable:
            work.give_up()
            raise NothingToPrint()
        return len(chosen), readable

    def _readable(self, work: UnitOfWork, contacts: Sequence[Contact]) -> list[Contact]:
        """Those whose words the actor's role and scope reach; what one wrote oneself stays readable."""
        beyond = self._context.beyond(work, (one.details.case_id for one in contacts))
        return [
            one
            for one in contacts
            if self._may_read(one.details.note.form)
            and (one.details.case_id not in beyond or one.staff_id == self._context.actor.staff_id)
        ]

    def _may_read(self, form: NoteForm) -> bool:
        return form not in CLINICAL_FORMS or has_right(self._context.actor.role, Right.SEE_CLINICAL)


def _notice(work: UnitOfWork, agency: Agency, ruling: Ruling) -> str:
    """The statement of 42 CFR 2.32(a) and, by (b), what the consent covers; nothing where none is needed."""
    if not ruling.needs_notice:
        return ""
    statement = part2_notice(agency)
    if ruling.consent_id is None:
        return statement
    consent = work.consents.get(ruling.consent_id)
    return f"{statement}\n{scope_words(consent.details, work.agency.code_words())}"


def _item(contact: Contact) -> Item:
    details = contact.details
    kind = InformationKind.SUBSTANCE_USE if details.is_substance_use else InformationKind.CARE
    return Item(contact.id.hex, f"Note of {day_words(details.at)}", kind)
