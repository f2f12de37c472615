"""The one gate for everything that leaves about a person: asked first, and told in the accounting after.

Documents, files, tables on the clipboard: whatever carries a person's words out of the program comes
through here. A test walks the code for ways out and fails on one that does not ask.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from caseapp.documents.page import Built
from caseapp.domain.access import Right, has_right
from caseapp.domain.consents import Consent
from caseapp.domain.day_words import minute_words
from caseapp.domain.disclosures import (
    Basis,
    ConsentMissing,
    Ground,
    Item,
    Ruling,
    RulingChanged,
    decide_disclosure,
)
from caseapp.services.context import Context
from caseapp.services.groups import members_of
from caseapp.store.unit_of_work import UnitOfWork

TO_THE_PERSON = Ground(Basis.TO_THE_PERSON)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would leave: the ruling item by item, and the pages; `pdf` is empty when nothing may."""

    recipient: str
    items: tuple[Item, ...]
    ruling: Ruling
    pdf: bytes
    missing_glyphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """What left; what stays inside the agency is no disclosure and has no number."""

    pdf: bytes
    number: str
    disclosure_id: UUID | None


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document is called in the accounting, and the edition of its template."""

    kind: str
    title: str
    template: str


def next_number(context: Context, work: UnitOfWork) -> str:
    """The number that the next disclosure carries."""
    return work.disclosures.next_number(context.today().year)


def foot(context: Context, what: str, language: str = "en") -> str:
    """The foot of a page: what it is, when it was made, and by whom; of one that leaves, its disclosure."""
    now = context.now().astimezone(context.zone)
    return f"{what}    {minute_words(now, language)}, {context.actor.name}".strip()


def rule(
    context: Context,
    work: UnitOfWork,
    *,
    person_id: UUID,
    items: tuple[Item, ...],
    recipient: str,
    ground: Ground | None,
    verb: str,
) -> Ruling:
    """Whether these items may leave, now and for this recipient, by the consents as they stand.

    Raises Sealed, NotAllowed (another basis has its own right), EmergencyFactsMissing or ReasonMissing.
    """
    context.open_person(work, person_id, verb=verb)
    if ground is not None and ground.basis is Basis.OTHER:
        if not has_right(context.actor.role, Right.DISCLOSE_WITHOUT_CONSENT):
            work.give_up()
        context.allow(Right.DISCLOSE_WITHOUT_CONSENT, verb=verb)
    return decide_disclosure(
        items=items,
        recipient=recipient,
        consents=tuple(
            one for each in members_of(context, work, person_id) for one in work.consents.of_person(each)
        ),
        today=context.today(),
        ground=ground,
        law=work.agency.get().law,
    )


def let_out(
    work: UnitOfWork,
    *,
    person_id: UUID,
    ruling: Ruling,
    previewed: Ruling | None,
    recipient: str,
    address: str,
    paper: Paper,
    built: Built,
    number: str,
    ground: Ground | None,
    about: tuple[UUID, ...] = (),
) -> Printed:
    """Write that it left, or that it was refused; raises ConsentMissing or RulingChanged.

    `previewed` is the ruling that the user saw: what stands otherwise now does not leave.
    """
    error = _against(ruling, previewed)
    if error is not None:
        work.note("refused", detail={"why": error.code}, subjects=(person_id, *about))
        work.commit()
        raise error
    printed = record(
        work,
        person_id=person_id,
        ruling=ruling,
        recipient=recipient,
        address=address,
        paper=paper,
        built=built,
        number=number,
        ground=ground,
        about=about,
    )
    work.commit(reason=ruling.words)
    return printed


def record(
    work: UnitOfWork,
    *,
    person_id: UUID,
    ruling: Ruling,
    recipient: str,
    address: str,
    paper: Paper,
    built: Built,
    number: str,
    ground: Ground | None,
    about: tuple[UUID, ...] = (),
) -> Printed:
    """Write one disclosure of several that leave together; the caller commits all of them at once."""
    if ruling.basis is Basis.INSIDE:
        work.note("printed", detail={"what": paper.kind, "basis": "inside"}, subjects=(person_id, *about))
        return Printed(pdf=built.pdf, number="", disclosure_id=None)
    consent = _consent(work, ruling)
    disclosure_id = work.disclosures.add(
        number=number,
        person_id=person_id,
        recipient=recipient,
        recipient_address=address,
        items=tuple(item.title for item in ruling.allowed),
        what=paper.title,
        purpose=consent.details.purpose if consent else ruling.words,
        basis=ruling.basis,
        reason=ground.reason if ground else "",
        consent_id=ruling.consent_id,
        pdf=built.pdf,
        kind=paper.kind,
        template=paper.template,
        emergency=ground.emergency if ground else None,
    )
    work.note("printed", detail={"number": number, "what": paper.kind}, subjects=(person_id, *about))
    return Printed(pdf=built.pdf, number=number, disclosure_id=disclosure_id)


def keep_in_house(work: UnitOfWork, *, people: Iterable[UUID], kind: str, built: Built) -> bytes:
    """Let a work sheet be printed for the agency's own staff, and write whom it names.

    Nothing is disclosed: it stays with those who work on it (45 CFR 164.506(c)(1), 42 CFR 2.12(c)(3)), so it
    needs no consent and stands in the journal instead of in the accounting.
    """
    work.note("printed", detail={"what": kind}, subjects=tuple(dict.fromkeys(people)))
    work.commit()
    return built.pdf


def _against(ruling: Ruling, previewed: Ruling | None) -> ConsentMissing | RulingChanged | None:
    if not ruling.may_leave:
        return ConsentMissing(words=ruling.words)
    if previewed is not None and (previewed.allowed, previewed.consent_id) != (
        ruling.allowed,
        ruling.consent_id,
    ):
        return RulingChanged(words=ruling.words)
    return None


def _consent(work: UnitOfWork, ruling: Ruling) -> Consent | None:
    return work.consents.get(ruling.consent_id) if ruling.consent_id else None
