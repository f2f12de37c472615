"""How our records read in HUD's codes: clients, enrolments, living situations, services, referrals, exits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from caseapp.domain.births import Precision
from caseapp.domain.cases import Case
from caseapp.domain.consents import InformationKind
from caseapp.domain.contacts import Contact
from caseapp.domain.people import NameKind, Person
from caseapp.domain.referral_codes import codes_of
from caseapp.domain.referrals import Referral, Step

Row = dict[str, str]
_RACES = {
    "american-indian": "AmIndAKNative",
    "asian": "Asian",
    "black": "BlackAfAmerican",
    "hispanic": "HispanicLatinao",
    "middle-eastern": "MidEastNAfrican",
    "pacific": "NativeHIPacific",
    "white": "White",
}
_VETERAN = {"yes": "1", "no": "0", "unknown": "8", "declined": "9"}
_GENDER = {
    "woman": "Woman",
    "man": "Man",
    "non-binary": "NonBinary",
    "transgender": "Transgender",
    "other": "DifferentIdentity",
}
_REFERRALS = {
    "mental-health": "1",
    "treatment": "2",
    "detox": "2",
    "medical": "3",
    "employment": "9",
    "benefits": "8",
    "housing": "7",
    "shelter": "11",
}
"""PATH referral (record type 161) by the kind of service."""

_CASE_MANAGEMENT, _PATH_SERVICE, _PATH_REFERRAL, _SHELTER_BED = "6", "141", "161", "10"
_DECEASED, _NO_EXIT_INTERVIEW, _NOT_COLLECTED = "24", "30", "99"
_AS_DESTINATION = {"335": "422", "336": "423", "37": "99"}
"""Living situations that a destination has no code for, and the nearest one it has."""


@dataclass(frozen=True, slots=True)
class Consented:
    """Somebody whose consent lets the records go, and which kinds of information it names."""

    person: Person
    information: frozenset[InformationKind]
    cases: tuple[Case, ...]
    contacts: tuple[Contact, ...]
    referrals: tuple[Referral, ...]
    categories: Mapping[str, str] = field(default_factory=dict)
    """Referral id -> kind of service."""

    @property
    def says_substance_use(self) -> bool:
        """Whether something about substance use goes."""
        marked = (
            *(one.details.is_substance_use for one in self.contacts),
            *(one.is_substance_use for one in self.referrals),
        )
        return InformationKind.SUBSTANCE_USE in self.information and any(marked)


def client(one: Consented) -> Row:
    """Client.csv: names and birth as they are recorded, each with its data quality."""
    details = one.person.details
    legal = next((name for name in details.names if name.kind is NameKind.LEGAL), None)
    name = legal or next(iter(details.names), None)
    birth = details.birth
    exact = birth is not None and birth.precision is Precision.DAY
    row = {
        "PersonalID": one.person.id.hex,
        "FirstName": name.given if name else "",
        "LastName": name.family if name else "",
        "NameDataQuality": "1" if legal and legal.given and legal.family else "2" if name else _NOT_COLLECTED,
        "SSNDataQuality": _NOT_COLLECTED,
        "DOB": birth.on.isoformat() if birth else "",
        "DOBDataQuality": "1" if exact else "2" if birth else _NOT_COLLECTED,
        "Sex": _NOT_COLLECTED,
        "VeteranStatus": _VETERAN.get(details.veteran, _NOT_COLLECTED),
        "RaceNone": "" if any(race in _RACES for race in details.races) else _race_none(details.races),
        "GenderNone": "" if details.gender in _GENDER else _VETERAN.get(details.gender, _NOT_COLLECTED),
    }
    for code, column in _RACES.items():
        row[column] = str(int(code in details.races))
    row["HispanicLatinaeo"] = row["HispanicLatinao"]
    for code, column in _GENDER.items():
        row[column] = str(int(details.gender == code))
    return row


def _race_none(races: tuple[str, ...]) -> str:
    return "9" if "declined" in races else "8" if "unknown" in races else _NOT_COLLECTED


def enrolment(one: Consented, case: Case, zone: tzinfo) -> Row:
    """Enrollment.csv: a case is an enrolment; engagement is the first contact, never after the exit."""
    met = sorted(
        day for day in _contact_days(one, zone) if case.opened_on <= day <= (case.closed_on or date.max)
    )
    return {
        "EnrollmentID": case.id.hex,
        "PersonalID": one.person.id.hex,
        "ProjectID": case.program or "1",
        "EntryDate": case.opened_on.isoformat(),
        "HouseholdID": case.id.hex,
        "RelationshipToHoH": "1",
        "LivingSituation": living(one, case.opened_on),
        "DisablingCondition": _NOT_COLLECTED,
        "DateOfEngagement": met[0].isoformat() if met else "",
    }


def living(one: Consented, on: date) -> str:
    """The HUD code in force on a day; 99 where none is recorded."""
    begun = [place for place in one.person.details.living if (place.from_on or date.min) <= on]
    return max(begun, key=lambda place: place.from_on or date.min).code if begun else _NOT_COLLECTED


def _contact_days(one: Consented, zone: tzinfo) -> Iterator[date]:
    for contact in one.contacts:
        if contact.details.outcome.is_contact:
            yield contact.details.at.astimezone(zone).date()


def _contacts(one: Consented, case: Case, zone: tzinfo) -> Iterator[tuple[Contact, date]]:
    """Contacts of an enrolment with their days; of two cases open that day each is in its own, or the first.

    So each has one row: HUD's ids name a row once.
    """
    for contact in one.contacts:
        on = contact.details.at.astimezone(zone).date()
        cases = [each for each in one.cases if each.opened_on <= on <= (each.closed_on or date.max)]
        own = [each for each in cases if each.id == contact.details.case_id]
        if (own or cases)[:1] == [case]:
            yield contact, on


def situations(one: Consented, case: Case, zone: tzinfo) -> Iterator[Row]:
    """CurrentLivingSituation.csv: at every contact of the enrolment, what was known of it then."""
    if InformationKind.CARE not in one.information:
        return
    for contact, on in _contacts(one, case, zone):
        if contact.details.outcome.is_contact:
            yield {
                "CurrentLivingSitID": contact.id.hex,
                "EnrollmentID": case.id.hex,
                "PersonalID": one.person.id.hex,
                "InformationDate": on.isoformat(),
                "CurrentLivingSituation": living(one, on),
            }


def services(one: Consented, case: Case, zone: tzinfo) -> Iterator[Row]:
    """Services.csv: contacts as case management (141), referrals as PATH referrals (161) with outcome."""
    if InformationKind.CARE not in one.information:
        return
    for contact, on in _contacts(one, case, zone):
        may_go = _may_go(one, is_substance_use=contact.details.is_substance_use)
        if may_go and contact.details.outcome.is_contact:
            yield _service(one, case, contact.id.hex, on, _PATH_SERVICE, _CASE_MANAGEMENT)
    for referral in _referrals(one, case):
        kind = _REFERRALS.get(one.categories.get(referral.id.hex, ""))
        if kind and referral.sent_on:
            row = _service(one, case, referral.id.hex, referral.sent_on, _PATH_REFERRAL, kind)
            yield {**row, "ReferralOutcome": str(codes_of(referral).path_outcome)}


def _service(one: Consented, case: Case, key: str, on: date, record: str, kind: str) -> Row:
    return {
        "ServicesID": key,
        "EnrollmentID": case.id.hex,
        "PersonalID": one.person.id.hex,
        "DateProvided": on.isoformat(),
        "RecordType": record,
        "TypeProvided": kind,
    }


def _referrals(one: Consented, case: Case) -> Iterator[Referral]:
    for referral in one.referrals:
        if referral.case_id == case.id and _may_go(one, is_substance_use=referral.is_substance_use):
            yield referral


def _may_go(one: Consented, *, is_substance_use: bool) -> bool:
    return not is_substance_use or InformationKind.SUBSTANCE_USE in one.information


def events(one: Consented, case: Case) -> Iterator[Row]:
    """Event.csv: referrals to a shelter bed, with who said no."""
    if InformationKind.CARE not in one.information:
        return
    for referral in _referrals(one, case):
        if one.categories.get(referral.id.hex) == "shelter" and referral.sent_on:
            result, on = _result(referral)
            yield {
                "EventID": referral.id.hex,
                "EnrollmentID": case.id.hex,
                "PersonalID": one.person.id.hex,
                "EventDate": referral.sent_on.isoformat(),
                "Event": _SHELTER_BED,
                "ReferralResult": result,
                "ResultDate": on.isoformat() if on else "",
            }


def _result(referral: Referral) -> tuple[str, date | None]:
    """1 client accepted, 2 client rejected, 3 provider rejected; empty while open."""
    for step in referral.steps:
        if step.step is Step.ATTENDED:
            return "1", step.on
        if step.step in (Step.CLOSED, Step.AGENCY_DECLINED):
            by = step.ended_by.value if step.ended_by else "agency"
            return ("3" if by == "agency" else "2"), step.on
    return "", None


def ending(one: Consented, case: Case) -> Row | None:
    """Exit.csv of a closed case; where the person went is known, or there was no exit interview."""
    if case.closed_on is None:
        return None
    code = living(one, case.closed_on)
    destination = _AS_DESTINATION.get(code, code)
    if case.close_reason == "died":
        destination = _DECEASED
    elif code == _NOT_COLLECTED:
        destination = _NO_EXIT_INTERVIEW
    return {
        "ExitID": case.id.hex,
        "EnrollmentID": case.id.hex,
        "PersonalID": one.person.id.hex,
        "ExitDate": case.closed_on.isoformat(),
        "Destination": destination,
    }


def audited(row: Row, *, at: datetime, user: str, export: str) -> Row:
    """The row with what every HMIS row ends with."""
    stamp = at.strftime("%Y-%m-%d %H:%M:%S")
    return {**row, "DateCreated": stamp, "DateUpdated": stamp, "UserID": user, "ExportID": export}
