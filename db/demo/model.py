"""The plan of an invented agency: plain frozen values, tied together by whole numbers (`key`, `..._key`).

Codes are those of the lists in `db/seed`; instants are aware and in UTC, days are days of the agency's
time zone. A plan knows nothing of the program that will hold it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class AgencyItem:
    name: str
    time_zone: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class ProgramItem:
    key: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class StaffItem:
    """Somebody who signs in; `discipline` is "" for those who meet nobody."""

    key: int
    login: str
    name: str
    role: str
    discipline: str
    program_keys: tuple[int, ...]
    supervisor_key: int | None = None


@dataclass(frozen=True, slots=True)
class AbsenceItem:
    staff_key: int
    cover_key: int | None
    from_on: date
    to_on: date


@dataclass(frozen=True, slots=True)
class UnitItem:
    key: int
    call_sign: str
    name: str
    model: str
    agency: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class ResponderItem:
    """Somebody on the calls, apart from those who sign in; `cit_on` is the day of the 40-hour training."""

    key: int
    name: str
    discipline: str
    agency: str
    unit_key: int
    credentials: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("English",)
    cit_on: date | None = None


@dataclass(frozen=True, slots=True)
class OrganizationItem:
    key: int
    name: str
    description: str
    email: str


@dataclass(frozen=True, slots=True)
class HoursItem:
    """Open from `opens` to `closes` on one weekday; 0 is Monday."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class CapacityItem:
    available: int
    maximum: int
    unit: str
    on: date
    said_by: str


@dataclass(frozen=True, slots=True)
class ServiceItem:
    key: int
    organization_key: int
    name: str
    description: str
    categories: tuple[str, ...]
    phone: str
    address: str
    city: str
    eligibility: str
    minimum_age: int | None
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    fees: str
    hours: tuple[HoursItem, ...]
    capacity: CapacityItem | None
    confirmed_on: date
    is_substance_use: bool


@dataclass(frozen=True, slots=True)
class NameItem:
    """A name of a person; `kind` is legal, chosen, alias or former."""

    kind: str
    given: str
    family: str = ""
    do_not_use: bool = False


@dataclass(frozen=True, slots=True)
class BirthItem:
    """A birth date and how much of it is known: day, month, year, or estimated."""

    on: date
    precision: str


@dataclass(frozen=True, slots=True)
class PointItem:
    """A phone or an e-mail; `owner` is "" when it is the person's own."""

    kind: str
    value: str
    phone_kind: str
    owner: str
    may_voicemail: bool
    may_text: bool
    do_not_mention_us: bool


@dataclass(frozen=True, slots=True)
class PlaceItem:
    kind: str
    text: str
    from_on: date
    to_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class LivingSituationItem:
    """A HUD code of `living_situation`, from a day until the next one."""

    code: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class AlertItem:
    kind: str
    text: str
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class RelationItem:
    """`person_key` is set where the other one is a person of the plan too."""

    kind: str
    name: str
    phone: str
    person_key: int | None = None


@dataclass(frozen=True, slots=True)
class PersonItem:
    """Somebody served; an unknown person has a description and no name."""

    key: int
    kind: str
    names: tuple[NameItem, ...]
    description: str
    birth: BirthItem | None
    pronouns: str
    gender: str
    races: tuple[str, ...]
    languages: tuple[str, ...]
    interpreter_needed: bool
    veteran: str
    points: tuple[PointItem, ...]
    places: tuple[PlaceItem, ...]
    living_situations: tuple[LivingSituationItem, ...]
    identifiers: tuple[tuple[str, str], ...]
    alerts: tuple[AlertItem, ...]
    relations: tuple[RelationItem, ...]
    comes_with: str
    is_restricted: bool
    deceased_on: date | None


@dataclass(frozen=True, slots=True)
class CallNoteItem:
    """A narrative entry; `part` is call-taker, dispatcher, responder or officer."""

    at: datetime
    part: str
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class ResponseItem:
    """A unit on a call; instants are None where the unit never got that far."""

    unit_key: int
    model: str
    role: str
    dispatched_at: datetime
    enroute_at: datetime | None
    on_scene_at: datetime | None
    cleared_at: datetime | None
    led_by: str = ""
    arrived_as: str = ""
    backup_asked_by: str = ""
    backup_reason: str = ""
    video_started_at: datetime | None = None
    video_ended_at: datetime | None = None
    video_outcome: str = ""


@dataclass(frozen=True, slots=True)
class CallItem:
    key: int
    number: str
    source: str
    received_at: datetime
    type_initial_code: str
    type_initial_text: str
    type_code: str
    type_text: str
    category: str
    priority: str
    place: str
    city: str
    disposition: str
    dispatched_at: datetime | None
    on_scene_at: datetime | None
    cleared_at: datetime | None
    call_taker: str
    dispatcher: str
    eligible: str
    not_served_reason: str
    responses: tuple[ResponseItem, ...]
    notes: tuple[CallNoteItem, ...]


@dataclass(frozen=True, slots=True)
class StatedItem:
    """What was said of somebody at the scene before anybody knew who it was."""

    name: str = ""
    age: int | None = None
    birth_date: date | None = None
    phone: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class EncounterItem:
    """Call x person; `person_key` is None until somebody identifies the person."""

    key: int
    call_key: int
    person_key: int | None
    part: str
    certainty: str
    stated: StatedItem
    needs: tuple[str, ...]
    offers: tuple[tuple[str, str], ...]
    what_was_done: str
    outcome: str
    transported_to: str
    is_voluntary: bool | None
    arrest: str
    injuries: str
    use_of_force: str
    follow_up_wished: str
    how_to_find: str


@dataclass(frozen=True, slots=True)
class GoalItem:
    domain: str
    statement: str
    target: str
    status: str


@dataclass(frozen=True, slots=True)
class AssignmentItem:
    """A period on the team of a case; the main worker is `is_primary`."""

    staff_key: int
    is_primary: bool
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class CaseItem:
    key: int
    person_key: int
    program_key: int
    opened_on: date
    opened_from: str
    encounter_key: int | None
    team: tuple[AssignmentItem, ...]
    needs: tuple[str, ...]
    goals: tuple[GoalItem, ...]
    closed_on: date | None
    close_reason: str
    outcome: str


@dataclass(frozen=True, slots=True)
class NoteItem:
    """A note by its form's headings; `signed_at` None is a draft of the last days."""

    form: str
    parts: tuple[tuple[str, str], ...]
    written_together: bool
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ContactItem:
    """An attempt or a contact; `minutes` is None where nobody was reached."""

    key: int
    at: datetime
    staff_key: int
    person_keys: tuple[int, ...]
    case_key: int | None
    follow_up_key: int | None
    channel: str
    outcome: str
    is_incoming: bool
    minutes: int | None
    place: str
    items: tuple[str, ...]
    note: NoteItem
    is_late_entry: bool
    is_substance_use: bool


@dataclass(frozen=True, slots=True)
class FollowUpItem:
    """`due_at` is set where a time was promised; a done one names the contact by its `follow_up_key`."""

    key: int
    person_key: int
    case_key: int | None
    encounter_key: int | None
    what: str
    channel: str
    created_at: datetime
    due_on: date
    due_at: datetime | None
    earliest_on: date | None
    latest_on: date | None
    owner_key: int
    status: str
    attempts: int
    reason: str
    protocol_step: str


@dataclass(frozen=True, slots=True)
class StepItem:
    """One rung of a referral; `proof` is person-said, agency-said or paper-seen."""

    step: str
    on: date
    proof: str
    by: str
    ended_by: str = ""
    reason: str = ""
    appointment_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReferralItem:
    """To a service of the directory, or (`service_key` None) to a place typed by hand."""

    key: int
    person_key: int
    case_key: int
    consent_key: int | None
    service_key: int | None
    to_name: str
    to_phone: str
    need: str
    why_now: str
    method: str
    owner_key: int
    steps: tuple[StepItem, ...]
    is_substance_use: bool


@dataclass(frozen=True, slots=True)
class ConsentItem:
    key: int
    person_key: int
    kind: str
    recipients: tuple[str, ...]
    purpose: str
    information: tuple[str, ...]
    starts_on: date
    expires_on: date
    signed_on: date | None
    signature: str
    witness: str
    revoked_at: datetime | None
    revoked_reason: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What is there before the first call."""

    agency: AgencyItem
    programs: tuple[ProgramItem, ...]
    staff: tuple[StaffItem, ...]
    absences: tuple[AbsenceItem, ...]
    units: tuple[UnitItem, ...]
    responders: tuple[ResponderItem, ...]
    organizations: tuple[OrganizationItem, ...]
    services: tuple[ServiceItem, ...]


@dataclass(frozen=True, slots=True)
class Lives:
    """Some people with everything that happened to them; references stay inside, except to the setting."""

    people: tuple[PersonItem, ...]
    calls: tuple[CallItem, ...]
    encounters: tuple[EncounterItem, ...]
    cases: tuple[CaseItem, ...]
    contacts: tuple[ContactItem, ...]
    follow_ups: tuple[FollowUpItem, ...]
    referrals: tuple[ReferralItem, ...]
    consents: tuple[ConsentItem, ...]


@dataclass(frozen=True, slots=True)
class AgencyPlan:
    """The whole sample: the setting and all its lives."""

    setting: Setting
    lives: Lives
