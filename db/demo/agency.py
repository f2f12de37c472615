"""Makes the sample agency in a new file: staff, units and directory first, then life in order of time."""

import gc
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from caseapp.domain.access import Role
from caseapp.domain.directory import NewService
from caseapp.domain.staff import Agency, StaffDetails
from caseapp.domain.units import UnitDetails
from caseapp.services import creation, session
from caseapp.services.context import Context
from caseapp.services.desk import Services, build_services
from caseapp.services.staff import KeyRing
from caseapp.store.unit_of_work import Author
from caseapp.system import keys
from db.demo import words
from db.demo.calls import add_criteria
from db.demo.desk import UNITS, Clock, Desk
from db.demo.lives import add_lives
from db.demo.organizations import ORGANIZATIONS
from db.demo.twice import write_some_twice

NAME = "Riverside Follow-up"
TIME_ZONE = "America/Los_Angeles"
PASSWORD = "riverside sample"  # noqa: S105
"""Everybody of the sample signs in with it; the sample holds nobody real."""

MAIN_LOGIN = "dana"
MAKER = ("admin", "Alma Reyes")

STAFF = (
    (MAIN_LOGIN, "Dana Whitfield", Role.SOCIAL_WORKER, "social-work"),
    ("rshaw", "Rowan Shaw", Role.PEER_SPECIALIST, "peer"),
    ("kmori", "Kei Mori", Role.CLINICIAN, "clinician"),
    ("lstone", "Lena Stone", Role.SUPERVISOR, "social-work"),
    ("mbright", "Maya Bright", Role.PROGRAM_MANAGER, ""),
    ("audit", "Ike Farrow", Role.AUDITOR, ""),
)
MORE_STAFF = (
    ("tvale", "Tomas Vale", Role.SOCIAL_WORKER, "social-work"),
    ("nbirch", "Nadia Birch", Role.SOCIAL_WORKER, "social-work"),
    ("cfinch", "Cole Finch", Role.PEER_SPECIALIST, "peer"),
)
"""Staff without a password of their own; they count in the caseload."""


def make(path: Path, *, people: int = 200, seed: int = 7, now: datetime) -> None:
    """Write the sample agency to a new file; the same seed and day give the same agency.

    Raises what `creation.create` raises; an interrupted making leaves no file behind.
    """
    clock = Clock(now - timedelta(days=400))
    creation.create(
        path,
        agency=_agency(),
        administrator=StaffDetails(MAKER[1], MAKER[0], Role.ADMINISTRATOR),
        password=PASSWORD,
        cost=keys.LOWEST_COST,
        now=clock,
    )
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        _fill(path, people, seed, now, clock)
    except BaseException:
        creation.forget(path)
        raise
    finally:
        if was_collecting:
            gc.enable()


def _agency() -> Agency:
    return Agency(
        name=NAME,
        time_zone=TIME_ZONE,
        phone="(541) 555-0100",
        address="120 Mill Street",
        is_sample=True,
        programs=("Street outreach", "Crisis follow-up"),
    )


def _fill(path: Path, people: int, seed: int, now: datetime, clock: Clock) -> None:

    signed_in = session.sign_in(path, login=MAKER[0], password=PASSWORD, cost=keys.LOWEST_COST, now=clock)
    try:
        desk = Desk(clock, Random(seed), now, ZoneInfo(TIME_ZONE), build_services(signed_in))
        _add_staff(desk, signed_in)
        with signed_in.context.database.together():
            _add_units(desk)
            _add_directory(desk)
            add_criteria(desk)
            add_lives(desk, people)
            desk.run()
            write_some_twice(desk, Random(seed + 1))
    finally:
        signed_in.close()


def _add_staff(desk: Desk, signed_in: session.SignedIn) -> None:
    for login, name, role, discipline in (*STAFF, *MORE_STAFF):
        has_password = any(login == one[0] for one in STAFF)
        details = StaffDetails(name, login, role, discipline)
        staff_id = desk.admin.staff.add(details=details, password=PASSWORD if has_password else "")
        desk.staff_ids[login] = staff_id
        desk.names[login] = name
        desk.by_login[login] = _services_of(signed_in, staff_id)


def _services_of(signed_in: session.SignedIn, staff_id: UUID) -> Services:
    context = signed_in.context
    with context.database.read(Author(staff_id, "sample", context.now())) as work:
        actor = work.staff.actor(staff_id)
    own = Context(context.database, actor, context.zone, context.now)
    return build_services(
        session.SignedIn(own, KeyRing(signed_in.ring.data_key, keys.LOWEST_COST), signed_in.agency)
    )


def _add_units(desk: Desk) -> None:
    for call_sign, name, model, is_ours in UNITS:
        agency = NAME if is_ours else "Police"
        desk.admin.units.add(details=UnitDetails(call_sign, name, model, agency, is_ours=is_ours))


def _add_directory(desk: Desk) -> None:
    random, today = desk.random, desk.now.astimezone(desk.zone).date()
    for number, organization in enumerate(ORGANIZATIONS):
        services = tuple(
            NewService(
                name=title,
                description=f"{title} of {organization.name}.",
                categories=organization.categories,
                phone=f"(541) 555-01{(number * 3 + place) % 100:02d}",
                address=f"{random.randrange(100, 2900)} {random.choice(words.STREETS)} Street",
                city="Riverside",
                eligibility=random.choice(
                    ("Adults", "Anybody", "Adults who live in the county", "Ask at intake")
                ),
                minimum_age=random.choice((None, 18)),
                languages=("English", "Spanish") if random.random() < 0.5 else ("English",),
                documents=random.choice(((), ("photo ID",), ("photo ID", "proof of income"))),
                fees=random.choice(("Free", "Sliding scale", "Medicaid")),
                hours=tuple((day, time(9), time(17)) for day in range(5)),
                capacity_available=random.choice((None, 0, 2, 5)),
                capacity_on=today - timedelta(days=random.randrange(1, 20)),
                capacity_said_by="intake desk",
                confirmed_on=today - timedelta(days=random.randrange(3, 200)),
                is_substance_use=organization.is_substance_use,
            )
            for place, title in enumerate(organization.services)
        )
        desk.admin.directory.add_organization(name=organization.name, services=services)
    desk.service_ids = [one.id for one in desk.admin.directory.find()]
