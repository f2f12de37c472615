"""What happened to the people of the sample: calls, cases, contacts, referrals, consents, promises."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from caseapp.domain.births import age_on
from caseapp.domain.cases import Goal
from caseapp.domain.contacts import Channel, ContactDetails, Outcome
from caseapp.domain.encounters import Certainty, StatedIdentity
from caseapp.domain.people import PersonKind, PointKind
from caseapp.domain.shorthand import When
from caseapp.services.desk import Services
from db.demo import words
from db.demo.calls import a_call, a_meeting, screen
from db.demo.desk import Desk, Life
from db.demo.notes import note
from db.demo.people import person
from db.demo.referrals import plan_referral

CALLS_EACH = 5.0
"""Calls a person on average; most have one or two, a few very many."""

_WORKERS = ("dana", "dana", "dana", "tvale", "nbirch")
_OPEN_SHARE, _CLOSED_SHARE = 0.28, 0.12


def add_lives(desk: Desk, people: int) -> None:
    """Plan every event of every life; `desk.run` does them in order."""
    counts = _call_counts(desk, people)
    today = desk.now.astimezone(desk.zone).date()
    lives = []
    numbers = iter(range(100_000, 100_000 + sum(counts) + 50))
    for number in range(people):
        life = Life(person(desk.random, number, today), number, worker=desk.random.choice(_WORKERS))
        lives.append(life)
        times = sorted(_call_time(desk) for _ in range(counts[number]))
        for at in times:
            desk.at(at, _call_event(desk, life, at, next(numbers)))
        roll = desk.random.random()
        if times and roll < _OPEN_SHARE + _CLOSED_SHARE and life.details.kind is PersonKind.KNOWN:
            _plan_case(desk, life, times, is_closed=roll >= _OPEN_SHARE)
    _last_night(desk, lives, numbers)


def _call_counts(desk: Desk, people: int) -> list[int]:
    """A long tail: Pareto-like weights scaled to the average, at least one call each."""
    raw = [min(60.0, desk.random.paretovariate(1.15)) for _ in range(people)]
    scale = CALLS_EACH * people / sum(raw)
    return [max(1, round(value * scale)) for value in raw]


def _call_time(desk: Desk) -> datetime:
    """A moment of the last year, more in the evening than at dawn, more lately than long ago."""
    days = int(360 * desk.random.random() ** 1.3) + 1
    hour = desk.random.choices(
        range(24), (3, 2, 2, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 6, 6, 7, 7, 7, 7, 6, 6, 5, 4)
    )[0]
    day = desk.now.astimezone(desk.zone).date() - timedelta(days=days)
    clock = time(hour, desk.random.randrange(60), desk.random.randrange(60))
    return datetime.combine(day, clock, desk.zone).astimezone(UTC)


def _call_event(desk: Desk, life: Life, at: datetime, number: int) -> Callable[[], None]:
    place = (
        life.details.places[0].text
        if life.details.places and desk.random.random() < 0.6
        else desk.random.choice(words.PLACES)
    )

    def happen() -> None:
        if life.person_id is None:
            life.person_id = desk.admin.people.add(details=life.details)
        call = a_call(desk, at, number, place)
        call_id = desk.admin.calls.add(call=call)
        screen(desk, call_id, call)
        details = a_meeting(desk, Certainty.CONFIRMED, StatedIdentity())
        encounter_id = desk.admin.encounters.add(call_id=call_id, details=details, person_id=life.person_id)
        if desk.now - at > timedelta(hours=30):
            desk.admin.triage.dismiss(encounter_id=encounter_id)

    return happen


def _plan_case(desk: Desk, life: Life, times: list[datetime], *, is_closed: bool) -> None:
    start = desk.random.choice(times) + timedelta(hours=desk.random.randrange(10, 60))
    if is_closed:
        start = min(start, desk.now - timedelta(days=100))
    mine = desk.by_login[life.worker]

    def open_case() -> None:
        if life.person_id is None or life.details.is_restricted:
            return
        domain, wish = desk.random.choice((*words.WANTS, *words.MORE_WANTS))
        team = (desk.staff_ids[desk.random.choice(("rshaw", "cfinch"))],)
        case = mine.cases.open_case(
            person_id=life.person_id,
            opened_from="call",
            goals=(Goal(domain, wish, desk.random.choice(words.TARGETS)),),
            team=team,
        )
        life.case_id = case.id
        _plan_contacts(desk, life, mine, start, is_closed=is_closed)
        if desk.random.random() < 0.75:
            plan_referral(desk, life, mine, _referral_time(desk, start, is_closed=is_closed))

    desk.at(start, open_case)


def _referral_time(desk: Desk, start: datetime, *, is_closed: bool) -> datetime:
    """Soon after the case opened; where work goes on, often in the last weeks."""
    soon = start + timedelta(days=desk.random.randrange(1, 20))
    lately = desk.now - timedelta(days=desk.random.randrange(1, 30), hours=3)
    return soon if is_closed or desk.random.random() < 0.3 else max(soon, lately)


def _plan_contacts(desk: Desk, life: Life, mine: Services, start: datetime, *, is_closed: bool) -> None:
    ends = min(desk.now, start + timedelta(days=90)) if is_closed else desk.now
    at = start + timedelta(hours=desk.random.randrange(4, 70))
    while at < ends - timedelta(hours=2):
        desk.at(at, _contact_event(desk, life, mine, at))
        at += timedelta(days=desk.random.expovariate(1 / 12) + 1)
    if is_closed:
        desk.at(ends, _close_event(desk, life, mine))
        return
    if desk.random.random() < 0.93:
        offset = desk.random.choices((-9, -3, -2, -1, 0, 0, 1, 2, 3, 5, 7, 12, 20, 30))[0]
        desk.at(
            desk.now - timedelta(days=10, hours=1) if offset < 0 else ends,
            _promise_event(desk, life, mine, offset),
        )


def _contact_event(desk: Desk, life: Life, mine: Services, at: datetime) -> Callable[[], None]:
    def happen() -> None:
        random = desk.random
        assert life.person_id is not None  # noqa: S101
        outcome = random.choices(list(Outcome), (52, 14, 16, 8, 4, 3, 3))[0]
        channel = random.choices(
            (Channel.PHONE, Channel.VISIT, Channel.TEXT, Channel.OFFICE), (45, 35, 10, 10)
        )[0]
        author = mine if random.random() < 0.7 else desk.by_login["rshaw"]
        contact = author.contacts.log(
            details=ContactDetails(
                at=at,
                channel=channel,
                outcome=outcome,
                person_ids=(life.person_id,),
                minutes=random.choice((5, 10, 15, 20, 25, 40, 60)) if outcome.is_contact else None,
                place=life.details.places[0].text if channel is Channel.VISIT and life.details.places else "",
                items=("dry socks", "water") if channel is Channel.VISIT and random.random() < 0.3 else (),
                note=note(random, life.details, outcome, is_peer=author is not mine),
            )
        )
        if at < desk.now - timedelta(days=3):
            author.notes.sign(contact_id=contact.contact_id)

    return happen


def _close_event(desk: Desk, life: Life, mine: Services) -> Callable[[], None]:
    def happen() -> None:
        if life.case_id is None or life.person_id is None:
            return
        case = next(row.case for row in mine.cases.caseload() if row.case.id == life.case_id)
        mine.cases.close(
            case_id=life.case_id,
            reason=desk.random.choice(("goals-met", "moved", "declined", "not-found", "other-agency")),
            outcome=desk.random.choice(("connected", "housed", "stable", "no-change")),
            version=case.version,
        )

    return happen


def _promise_event(desk: Desk, life: Life, mine: Services, offset: int) -> Callable[[], None]:
    def happen() -> None:
        if life.person_id is None or life.case_id is None:
            return
        wished = desk.now.astimezone(desk.zone).date() + timedelta(days=offset)
        day = max(wished, desk.day_of(desk.clock.at))
        clock = (
            time(desk.random.choice((9, 10, 13, 15)), desk.random.choice((0, 30)))
            if desk.random.random() < 0.4
            else None
        )
        mine.follow_ups.schedule(
            person_id=life.person_id,
            what=desk.random.choice(words.WHATS),
            channel=desk.random.choices((Channel.PHONE, Channel.VISIT, Channel.TEXT), (55, 35, 10))[0],
            when=When(day, clock),
        )

    return happen


def _stated(desk: Desk, lives: list[Life]) -> tuple[StatedIdentity, ...]:
    """What was said of those of last night: some known here by that name, some by nobody."""
    known = [one for one in lives if one.details.kind is PersonKind.KNOWN and one.details.birth]
    chosen = desk.random.sample(known, min(4, len(known)))
    return (
        *(_said_of(desk, life, place) for place, life in enumerate(chosen)),
        StatedIdentity(name="Jamie", age=31),
        StatedIdentity(description="Man, about 50, red parka", age=50),
        StatedIdentity(name="Lupe", age=38),
    )


def _said_of(desk: Desk, life: Life, place: int) -> StatedIdentity:
    """First name and age; of some the short name, of some the phone too."""
    details = life.details
    assert details.birth is not None  # noqa: S101
    name = details.names[-1 if place % 2 else 0]
    phones = [point.value for point in details.points if point.kind is PointKind.PHONE]
    return StatedIdentity(
        name=name.full if place == 0 else name.given,
        age=age_on(details.birth, desk.today) + (1 if place == 3 else 0),
        phone=phones[0] if phones and place == 2 else "",
    )


def _last_night(desk: Desk, lives: list[Life], numbers: Iterator[int]) -> None:
    """Calls of the last hours whose people nobody has identified yet."""
    for place, who in enumerate(_stated(desk, lives)):
        at = desk.now - timedelta(hours=3 + 2 * place, minutes=desk.random.randrange(50))
        number = next(numbers)

        def happen(at: datetime = at, number: int = number, who: StatedIdentity = who) -> None:
            call = a_call(desk, at, number, desk.random.choice(words.PLACES))
            call_id = desk.admin.calls.add(call=call)
            details = replace(a_meeting(desk, Certainty.STATED, who), follow_up_wished="yes")
            desk.admin.encounters.add(call_id=call_id, details=details)

        desk.at(at, happen)
