"""Papers about one person and blank forms: what each is called, whom it may go to, what it fills in."""

from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

from caseapp.domain.consents import InformationKind
from caseapp.domain.disclosures import Basis, Ground, Item
from caseapp.domain.errors import CaseAppError


class PaperKind(Enum):
    """The papers that are made for one person."""

    FACE_SHEET = "facesheet"
    NEXT_STEPS = "next-steps"
    SAFETY_PLAN = "safety-plan"
    FOLLOW_UP_LETTER = "letter-follow-up"
    MISSED_LETTER = "letter-missed"
    CARING_LETTER = "letter-caring"
    OWN_LETTER = "letter-own"
    """One that the agency wrote itself; which one, `Asked.letter` says."""

    @property
    def is_letter(self) -> bool:
        return self in LETTERS or self is PaperKind.OWN_LETTER

    @property
    def is_for_the_person_only(self) -> bool:
        """Written to the person; it goes to nobody else."""
        return self.is_letter or self is PaperKind.NEXT_STEPS


class BlankForm(Enum):
    """Forms to fill in by hand where there is no laptop; they name nobody."""

    CONTACT = "contact"
    REFERRAL = "referral"
    RELEASE = "release"
    SAFETY_PLAN = "safety-plan"


LETTERS = (PaperKind.FOLLOW_UP_LETTER, PaperKind.MISSED_LETTER, PaperKind.CARING_LETTER)
"""Those that come with the program."""

TITLES = {
    PaperKind.FACE_SHEET: "Face sheet",
    PaperKind.NEXT_STEPS: "What's-next card",
    PaperKind.SAFETY_PLAN: "Safety plan",
    PaperKind.FOLLOW_UP_LETTER: "Follow-up letter",
    PaperKind.MISSED_LETTER: "Letter after a missed visit",
    PaperKind.CARING_LETTER: "Caring-contact letter",
    PaperKind.OWN_LETTER: "A letter of our own",
}

BLANK_TITLES = {
    BlankForm.CONTACT: "Contact record",
    BlankForm.REFERRAL: "Referral with reply slip",
    BlankForm.RELEASE: "Release of information",
    BlankForm.SAFETY_PLAN: "Safety plan",
}

LETTER_FIELDS = {
    "name": "the person's name",
    "worker": "who works with them",
    "worker_phone": "the worker's phone",
    "agency": "our agency",
    "agency_phone": "our phone",
    "next_day": "day of the next step",
    "next_step": "the next step",
    "place": "where it is",
    "today": "the day of the letter",
}
"""What a letter may fill in, and what each is."""

_SHEET_ITEMS = {
    PaperKind.FACE_SHEET: (
        Item("person", "Names, birth, gender, language", InformationKind.IDENTITY),
        Item("reach", "How to find and reach, where they live", InformationKind.CONTACT),
        Item("alerts", "Alerts, and what helps", InformationKind.HEALTH_RISKS),
        Item("team", "Team, case, numbers and next step", InformationKind.CARE),
        Item("referrals", "Open referrals", InformationKind.CARE),
        Item("consents", "Consents", InformationKind.CARE),
    ),
    PaperKind.SAFETY_PLAN: (
        Item("person", "Name", InformationKind.IDENTITY),
        Item("plan", "Signs, what helps, people and places", InformationKind.HEALTH_RISKS),
    ),
}
SUBSTANCE_USE = Item("substance-use", "What tells of substance use", InformationKind.SUBSTANCE_USE)
OWN = Item("person", "The person's own paper", InformationKind.IDENTITY)


class OnlyToThePerson(CaseAppError):
    """A letter or a card is written to the person and goes to nobody else."""

    code = "paper.only-to-the-person"


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that somebody asks for: about whom, in which language, for whom, and what stays out."""

    kind: PaperKind
    person_id: UUID
    language: str = "en"
    recipient: str = ""
    left_out: frozenset[str] = frozenset()
    letter: str = ""
    """The key of a letter of our own."""
    ground: Ground = field(default_factory=lambda: Ground(Basis.TO_THE_PERSON))


def items_of(kind: PaperKind, *, says_substance_use: bool) -> tuple[Item, ...]:
    """The pieces of a paper that can be left out one by one."""
    items = _SHEET_ITEMS.get(kind, (OWN,))
    return (*items, SUBSTANCE_USE) if says_substance_use and kind is PaperKind.FACE_SHEET else items


def check_recipient(asked: Asked) -> None:
    """Raise OnlyToThePerson where a letter or card would go to somebody else."""
    if asked.kind.is_for_the_person_only and asked.ground.basis is not Basis.TO_THE_PERSON:
        raise OnlyToThePerson()
