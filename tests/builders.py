"""Values with valid defaults, and real files to put them in; hostile text stands in the names on purpose."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from caseapp.domain.access import Role
from caseapp.domain.births import Birth
from caseapp.domain.call_filters import CallFilter
from caseapp.domain.calls import Call, CallLine, Model, UnitResponse
from caseapp.domain.consents import ConsentDetails, ConsentKind, InformationKind, SignatureKind
from caseapp.domain.contacts import Channel, ContactDetails, NoteText, Outcome
from caseapp.domain.disclosures import EmergencyFacts
from caseapp.domain.encounters import EncounterDetails, StatedIdentity
from caseapp.domain.people import ContactPoint, Name, NameKind, PersonDetails, PointKind
from caseapp.domain.staff import Agency, StaffDetails
from caseapp.services import creation, session
from caseapp.services.context import Context
from caseapp.services.desk import Services, build_services
from caseapp.services.session import SignedIn
from caseapp.services.staff import KeyRing
from caseapp.store.journal import Entry
from caseapp.store.unit_of_work import Author
from caseapp.system import anchor, keys, paths

NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
PASSWORD = "four words in a row"
HOSTILE = "<b>O'Brien</b> & =HYPERLINK(1) \u202eNguyễn Thị Phượng"
SHIPPED = sorted({one.name.split(".")[0] for one in paths.resource("forms").glob("*.en.toml")})
"""The forms whose texts are shipped, one file a language."""

EMERGENCY = EmergencyFacts("Dr. Lee", "Riverside Hospital", "Dana", NOW, "overdose")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


CLOCK = Clock()


def create(path: Path, **changes: object) -> str:
    """Make a database with one administrator; the printed recovery key."""
    values: dict[str, object] = {
        "agency": Agency("Riverside Follow-up", "America/Los_Angeles", phone="(541) 555-0100"),
        "administrator": StaffDetails("Alma Reyes", "alma", Role.ADMINISTRATOR),
        "password": PASSWORD,
        "cost": keys.LOWEST_COST,
        "now": Clock(),
    }
    return creation.create(path, **{**values, **changes})


def make_agency(path: Path) -> Path:
    """The same for whoever wants the file."""
    create(path)
    return path


def copy_database(source: Path, target: Path) -> Path:
    """A closed database with what lies beside it."""
    for name in (lambda path: path, keys.key_file, anchor.anchor_file):
        shutil.copyfile(name(source), name(target))
    return target


def open_as_administrator(path: Path) -> SignedIn:
    """Sign in as the administrator."""
    return session.sign_in(path, login="alma", password=PASSWORD, cost=keys.LOWEST_COST, now=Clock())


def services_of(signed_in: SignedIn) -> Services:
    """The services of whoever signed in."""
    return build_services(signed_in)


def services_as(signed_in: SignedIn, role: Role, **details: object) -> Services:
    """Services of a new member of staff with a role, on the same open file."""
    login = f"{role.value}-{len(services_of(signed_in).staff.list_staff())}"
    staff_id = services_of(signed_in).staff.add(
        details=StaffDetails(role.value.title(), login, role, **details)
    )
    return services_of_staff(signed_in, staff_id)


def services_of_staff(signed_in: SignedIn, staff_id: UUID) -> Services:
    """Services of a member of staff who stands in the file, as their next sign-in would give them."""
    context = signed_in.context
    with context.database.read(Author(staff_id, "test", context.now())) as work:
        actor = work.staff.actor(staff_id)
    own = Context(context.database, actor, context.zone, context.now)
    return build_services(SignedIn(own, KeyRing(signed_in.ring.data_key, keys.LOWEST_COST), signed_in.agency))


def calls_of(services: Services, **where: object) -> list[CallLine]:
    """Every call of a list, newest first."""
    return services.calls.page(where=CallFilter(**where), limit=10_000)


def journaled(services: Services | SignedIn, *record_ids: UUID) -> list[Entry]:
    """What the journal says, newest first: of these records, or of everything."""
    with services.context.read("test") as work:
        return work.journal.find(record_ids=record_ids, limit=200)


def a_person(given: str = "James", family: str = "Okafor", **changes: object) -> PersonDetails:
    """A known person with a phone and a birth date."""
    values: dict[str, object] = {
        "names": (Name(NameKind.LEGAL, given, family),),
        "birth": Birth(date(1976, 3, 2)),
        "points": (ContactPoint(PointKind.PHONE, "(541) 555-0142", may_voicemail=True),),
    }
    return PersonDetails(**{**values, **changes})


def a_call(number: str = "26-118204", **changes: object) -> Call:
    """A call with one alternative response."""
    values: dict[str, object] = {
        "id": UUID(int=0),
        "version": 0,
        "number": number,
        "source": "911",
        "received_at": datetime(2026, 11, 22, 20, 0, tzinfo=UTC),
        "type_text": "Welfare check",
        "place": "Lincoln Park",
        "responses": (UnitResponse("A2", Model.ALTERNATIVE),),
    }
    return Call(**{**values, **changes})


def an_encounter(name: str = "", **changes: object) -> EncounterDetails:
    """A meeting, with what was said of the person."""
    return EncounterDetails(stated=StatedIdentity(name=name), **changes)


def a_contact(*person_ids: UUID, outcome: Outcome = Outcome.REACHED, **changes: object) -> ContactDetails:
    """A phone contact an hour ago."""
    values: dict[str, object] = {
        "at": datetime(2026, 11, 24, 16, 0, tzinfo=UTC),
        "channel": Channel.PHONE,
        "outcome": outcome,
        "person_ids": person_ids,
        "note": NoteText(parts={"Note": HOSTILE}),
    }
    return ContactDetails(**{**values, **changes})


def a_consent(**changes: object) -> ConsentDetails:
    """A consent for records of substance use too, to one recipient and of every kind of information."""
    values: dict[str, object] = {
        "kind": ConsentKind.PART_2,
        "recipients": ("Harbor Detox",),
        "purpose": "treatment",
        "information": frozenset(InformationKind),
        "starts_on": TODAY,
        "expires_on": TODAY + timedelta(days=1),
        "discloser": "Riverside",
        "signed_on": TODAY,
        "signature": SignatureKind.PAPER,
        "right_to_revoke_told": True,
    }
    return ConsentDetails(**{**values, **changes})
