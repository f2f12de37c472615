"""The way out on paper: what may leave, a preview of the real pages, and the record that it left."""

from dataclasses import replace
from uuid import UUID

from caseapp.documents import handoff
from caseapp.documents.page import Built
from caseapp.domain.access import Right
from caseapp.domain.consents import InformationKind
from caseapp.domain.day_words import short_day
from caseapp.domain.disclosures import Ground, Item, Ruling
from caseapp.domain.follow_ups import soonest
from caseapp.domain.referrals import Referral
from caseapp.services import forms, way_out
from caseapp.services.context import Service, verb
from caseapp.services.groups import as_listed, members_of, open_case, open_group
from caseapp.services.handoff_words import (
    CALLED,
    DONE,
    REACH,
    RISK,
    SCENE,
    SUBSTANCE,
    WHY,
    HandoffFacts,
    HandoffWriter,
)
from caseapp.services.way_out import Paper, Preview, Printed
from caseapp.store.unit_of_work import UnitOfWork

_SECTIONS = (
    Item(CALLED, "Name, birth, language", InformationKind.IDENTITY),
    Item(REACH, "How to find and reach", InformationKind.CONTACT),
    Item(WHY, "Why now", InformationKind.CARE),
    Item(SCENE, "What happened at the scene", InformationKind.CALLS),
    Item(RISK, "Risk, and what helps", InformationKind.HEALTH_RISKS),
    Item(DONE, "Done so far and open", InformationKind.CARE),
)


class HandoffService(Service):
    """Previews and prints the handoff of a referral."""

    @verb(Right.DISCLOSE)
    def preview(
        self,
        *,
        referral_id: UUID,
        recipient: str = "",
        left_out: frozenset[str] = frozenset(),
        ground: Ground | None = None,
    ) -> Preview:
        """The real pages as they would leave, and in words why each item may or may not."""
        with self._context.write("handoff.preview") as work:
            facts = self._read(work, referral_id)
            number = way_out.next_number(self._context, work)
            shown = self._rule(work, facts, recipient, left_out, ground, number)
            work.note("previewed", detail={"what": "handoff"}, subjects=(facts.person.id, referral_id))
            work.commit()
            return shown

    @verb(Right.DISCLOSE)
    def print(
        self,
        *,
        referral_id: UUID,
        recipient: str = "",
        left_out: frozenset[str] = frozenset(),
        ground: Ground | None = None,
        previewed: Ruling | None = None,
        address: str = "",
    ) -> Printed:
        """Make the pages and record the disclosure; raises ConsentMissing where nothing may leave.

        A basis other than consent or emergency needs its own right (NotAllowed). `previewed` is the ruling
        that the user saw: where it does not hold any more, nothing leaves (RulingChanged).
        """
        with self._context.write("handoff.print") as work:
            facts = self._read(work, referral_id)
            number = way_out.next_number(self._context, work)
            now = self._rule(work, facts, recipient, left_out, ground, number)
            return way_out.let_out(
                work,
                person_id=facts.person.id,
                ruling=now.ruling,
                previewed=previewed,
                recipient=now.recipient,
                address=address,
                paper=Paper("handoff", "Warm handoff", handoff.TEMPLATE),
                built=Built(now.pdf, 0),
                number=number,
                ground=ground,
                about=(referral_id,),
            )

    def _read(self, work: UnitOfWork, referral_id: UUID) -> HandoffFacts:
        referral = work.referrals.get(referral_id)
        self._context.open_person(work, referral.person_id, verb="handoff")
        case = open_case(self._context, work, referral.person_id)
        people = members_of(self._context, work, referral.person_id)
        planned = sorted(
            (one for each in people for one in work.follow_ups.planned(person_id=each)),
            key=soonest,
        )
        met = work.encounters.latest(people)
        return HandoffFacts(
            texts=forms.texts_of(work, "sheets", "en"),
            agency=work.agency.get(),
            referral=referral,
            person=replace(
                as_listed(open_group(self._context, work, referral.person_id)), id=referral.person_id
            ),
            latest=(met, work.calls.get(met.call_id)) if met else None,
            consents=tuple(one for each in people for one in work.consents.of_person(each)),
            case_number=case.number if case else "",
            next_steps=tuple((one.what, one.owner_name, short_day(one.due_on)) for one in planned),
        )

    def _rule(
        self,
        work: UnitOfWork,
        facts: HandoffFacts,
        recipient: str,
        left_out: frozenset[str],
        ground: Ground | None,
        number: str,
    ) -> Preview:
        to = recipient.strip() or _recipient_of(facts)
        items = tuple(item for item in _items(facts.referral) if item.key not in left_out)
        ruling = way_out.rule(
            self._context,
            work,
            person_id=facts.person.id,
            items=items,
            recipient=to,
            ground=ground,
            verb="handoff",
        )
        built = self._build(facts, to, ruling, number) if ruling.may_leave else Built(b"", 0)
        return Preview(to, items, ruling, built.pdf, built.missing_glyphs)

    def _build(self, facts: HandoffFacts, to: str, ruling: Ruling, number: str) -> Built:
        now = self._context.now().astimezone(self._context.zone)
        writer = HandoffWriter(facts, ruling, self._context.today(), now)
        return handoff.build(writer.data(to, number, self._context.actor.name))


def _recipient_of(facts: HandoffFacts) -> str:
    """The agency of the referral: a consent names an agency, not one of its services."""
    return facts.referral.to_name.split(",")[0].strip()


def _items(referral: Referral) -> tuple[Item, ...]:
    """The sections of the page; a substance-use referral says what it is for, and that is such an item."""
    if not referral.is_substance_use:
        return _SECTIONS
    return (*_SECTIONS, Item(SUBSTANCE, "Substance-use need and service", InformationKind.SUBSTANCE_USE))
