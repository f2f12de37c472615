"""What left about a person: listed, and told on paper to whoever has a right to know."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from caseapp.documents import letter
from caseapp.documents.page import Built
from caseapp.domain.access import Right
from caseapp.domain.disclosures import Basis, Disclosure
from caseapp.domain.errors import CaseAppError
from caseapp.domain.papers import OWN
from caseapp.services import forms, way_out
from caseapp.services import paper_words as words
from caseapp.services.context import Service, verb
from caseapp.services.groups import members_of, open_group
from caseapp.services.told_words import what_left
from caseapp.services.way_out import Paper, Printed
from caseapp.store.unit_of_work import UnitOfWork

ACCOUNTED_YEARS = 6
"""How far back an accounting goes (45 CFR 164.528(a)(1)); 42 CFR 2.25 asks for three."""


class NotAnEmergency(CaseAppError):
    """The disclosure was made on another basis, so it has no record of an emergency."""

    code = "paper.not-an-emergency"


class NotRevoked(CaseAppError):
    """The letter says that a consent was taken back, and this one was not."""

    code = "paper.not-revoked"


class DisclosurePapers(Service):
    """The part of the service of papers that tells of disclosures and of consents that were taken back."""

    @verb(Right.DISCLOSE)
    def revocation_letter(self, *, consent_id: UUID, language: str = "en") -> Printed:
        """Tells whoever was named that the consent holds no more, for the person to hand over; NotRevoked.

        Each who was named has a page that tells of no other.
        """
        with self._context.read("paper.revocation") as work:
            consent = work.consents.get(consent_id)
            self._context.open_person(work, consent.person_id, verb="paper.revocation")
            if consent.revoked_at is None:
                raise NotRevoked()
        revoked_at, signed_on = consent.revoked_at, consent.details.signed_on or consent.details.starts_on

        def build(work: UnitOfWork, number: str) -> Built:
            texts = forms.texts_of(work, "papers", language)
            name, day = self._name(work, consent.person_id), revoked_at.astimezone(self._context.zone).date()
            told = letter.LetterData(
                language=language,
                agency=words.agency_line(work.agency.get()),
                title=texts.say("revocation_title"),
                text=texts.say("revocation_text", day=texts.day(day)),
                blanks=(forms.texts_of(work, "release", language).say("signed_by"), texts.say("date")),
                foot=way_out.foot(self._context, number, language),
            )

            def to(recipient: str) -> letter.LetterData:
                facts = (
                    (texts.say("person"), name),
                    (texts.say("recipient"), recipient),
                    (texts.say("consent_of"), texts.day(signed_on)),
                )
                return replace(told, facts=facts)

            named = filter(str.strip, consent.details.recipients)
            return letter.build_each([to(recipient) for recipient in named])

        paper = Paper("revocation-letter", "Letter of revocation", "letter 1")
        return self._to_the_person(consent.person_id, paper, build)

    @verb(Right.DISCLOSE)
    def emergency_record(self, *, disclosure_id: UUID, language: str = "en") -> Printed:
        """The record that 42 CFR 2.51(c) asks for at once; raises NotAnEmergency."""
        with self._context.read("paper.emergency") as work:
            told = work.disclosures.get(disclosure_id)
            self._context.open_person(work, told.person_id, verb="paper.emergency")
        facts = told.emergency
        if told.basis is not Basis.MEDICAL_EMERGENCY or facts is None:
            raise NotAnEmergency()

        def build(work: UnitOfWork, number: str) -> Built:
            texts = forms.texts_of(work, "papers", language)
            at = facts.at.astimezone(self._context.zone)
            rows = (
                (texts.say("person"), self._name(work, told.person_id)),
                (texts.say("emergency_receiver"), facts.receiver),
                (texts.say("emergency_affiliation"), facts.affiliation),
                (texts.say("emergency_discloser"), facts.discloser),
                (texts.say("emergency_at"), texts.minute(at)),
                (texts.say("emergency_nature"), facts.nature),
                (texts.say("emergency_what"), what_left(texts, told)),
            )
            return letter.build(
                letter.LetterData(
                    language=language,
                    agency=words.agency_line(work.agency.get()),
                    title=texts.say("emergency_title"),
                    text=texts.say("emergency_text"),
                    facts=rows,
                    foot=way_out.foot(self._context, number, language),
                )
            )

        paper = Paper("emergency-record", "Record of an emergency disclosure", "letter 1")
        return self._to_the_person(told.person_id, paper, build)

    @verb(Right.SEE_CASES)
    def disclosures(self, *, person_id: UUID) -> list[Disclosure]:
        """What left about a person, newest first; the look is journaled. Raises Sealed."""
        with self._context.write("paper.disclosures") as work:
            self._context.open_person(work, person_id, verb="paper.disclosures")
            found = self._told(work, person_id)
            work.note("opened", subjects=members_of(self._context, work, person_id))
            work.commit()
        return found

    @verb(Right.DISCLOSE)
    def accounting(self, *, person_id: UUID, language: str = "en") -> Printed:
        """Every disclosure of the last six years, as 45 CFR 164.528(b)(2) and 42 CFR 2.25 ask.

        Raises Sealed where a linked record is sealed to the actor too: half an accounting is none.
        """
        with self._context.read("paper.accounting") as work:
            for one in (person_id, *sorted(work.links.group(person_id) - {person_id})):
                self._context.open_person(work, one, verb="paper.accounting")
        today = self._context.today()
        first = today - timedelta(days=round(ACCOUNTED_YEARS * 365.25))

        def build(work: UnitOfWork, number: str) -> Built:
            texts = forms.texts_of(work, "papers", language)
            told = [
                one
                for one in self._told(work, person_id)
                if one.is_accounted and one.at.astimezone(self._context.zone).date() >= first
            ]
            period = {"from_day": texts.day(first), "to_day": texts.day(today)}
            return letter.build(
                letter.LetterData(
                    language=language,
                    agency=words.agency_line(work.agency.get()),
                    title=texts.say("accounting_title"),
                    text=texts.say("accounting_text", **period),
                    facts=((texts.say("person"), self._name(work, person_id)),),
                    header=tuple(texts.say(name) for name in ("date", "recipient", "what", "purpose")),
                    rows=tuple(words.accounted(texts, one, self._context.zone) for one in told),
                    shares=(0.15, 0.27, 0.29, 0.29),
                    when_empty=texts.say("accounting_none"),
                    foot=way_out.foot(self._context, number, language),
                )
            )

        paper = Paper("accounting", "Accounting of disclosures", "letter 1")
        return self._to_the_person(person_id, paper, build)

    def _name(self, work: UnitOfWork, person_id: UUID) -> str:
        """The name of the whole person: another record may say of this one's that it is never to be used."""
        return open_group(self._context, work, person_id).display_name

    def _told(self, work: UnitOfWork, person_id: UUID) -> list[Disclosure]:
        """What left about the whole person, on whichever record it was asked for, newest first."""
        people = members_of(self._context, work, person_id)
        found = [one for each in people for one in work.disclosures.of_person(each)]
        return sorted(found, key=lambda one: (one.at, one.number), reverse=True)

    def _to_the_person(
        self, person_id: UUID, paper: Paper, build: Callable[[UnitOfWork, str], Built]
    ) -> Printed:
        with self._context.write(f"paper.{paper.kind}") as work:
            ruling = way_out.rule(
                self._context,
                work,
                person_id=person_id,
                items=(OWN,),
                recipient="",
                ground=way_out.TO_THE_PERSON,
                verb=f"paper.{paper.kind}",
            )
            number = way_out.next_number(self._context, work)
            return way_out.let_out(
                work,
                person_id=person_id,
                ruling=ruling,
                previewed=None,
                recipient=self._name(work, person_id),
                address="",
                paper=paper,
                built=build(work, number),
                number=number,
                ground=way_out.TO_THE_PERSON,
            )
