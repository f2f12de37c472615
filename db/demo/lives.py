"""What happened to the people of the sample: calls, cases, contacts, referrals, consents, promises."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from caseapp.domain.calls import (
    Call,
    CallNote,
    Certainty,
    EncounterDetails,
    NarrativePart,
    Part,
    StatedIdentity,
    UnitResponse,
    UnitRole,
)
from caseapp.domain.cases import Goal
from caseapp.domain.consents import ConsentDetails, ConsentKind, InformationKind, SignatureKind
from caseapp.domain.contacts import Channel, ContactDetails, NoteForm, NoteText, Outcome
from caseapp.domain.people import PersonDetails, PersonKind
from caseapp.domain.referrals import EndedBy, LadderStep, Method, Proof, Step
from caseapp.domain.shorthand import When
from caseapp.services.desk import Services
from db.demo import words
from db.demo.desk import UNITS, Desk
from db.demo.people import person

CALLS_EACH = 5.0
"""Calls a person on average; most have one or two, a few very many."""

_WORKERS = ("dana", "dana", "dana", "tvale", "nbirch")
_OPEN_SHARE, _CLOSED_SHARE = 0.28, 0.12


@dataclass(slots=True)
class Life:
    """One person of the sample as the story goes on."""

    details: PersonDetails
    number: int
    person_id: UUID | None = None
    worker: str = "dana"
    case_id: UUID | None = None


def add_lives(desk: Desk, people: int) -> None:
    """Plan every event of every life; `desk.run` does them in order."""
    counts = _call_counts(desk, people)
    today = desk.now.astimezone(desk.zone).date()
    numbers = iter(range(100_000, 100_000 + sum(counts) + 50))
    for number in range(people):
        life = Life(person(desk.random, number, today), number, worker=desk.random.choice(_WORKERS))
        times = sorted(_call_time(desk) for _ in range(counts[number]))
        for at in times:
            desk.at(at, _call_event(desk, life, at, next(numbers)))
        roll = desk.random.random()
        if times and roll < _OPEN_SHARE + _CLOSED_SHARE and life.details.kind is PersonKind.KNOWN:
            _plan_case(desk, life, times, is_closed=roll >= _OPEN_SHARE)
    _last_night(desk, numbers)


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


def _call(desk: Desk, at: datetime, number: int, place: str) -> Call:
    random = desk.random
    _weight, code, text = random.choices(words.TYPES, [one[0] for one in words.TYPES])[0]
    sent = at + timedelta(minutes=random.randrange(1, 12))
    there = sent + timedelta(minutes=random.randrange(4, 35))
    left = there + timedelta(minutes=random.randrange(12, 90))
    call_sign, _name, model, _ours = random.choices(UNITS, (18, 18, 8, 10, 4, 14, 10, 8, 6, 4))[0]
    responses = [UnitResponse(call_sign, model, UnitRole.PRIMARY, sent, sent, there, left)]
    if random.random() < 0.15:
        responses.append(UnitResponse("P31", UNITS[7][2], UnitRole.BACK_UP, sent, None, there, left))
    notes = (
        CallNote(random.choice(words.NARRATIVE), at, NarrativePart.CALL_TAKER, "call-taker 17"),
        CallNote(
            "No weapon, no crime in progress, alternative response eligible",
            sent,
            NarrativePart.DISPATCHER,
            "dispatcher 04",
        ),
        CallNote(random.choice(words.AT_SCENE), there, NarrativePart.RESPONDER, call_sign),
    )
    return Call(
        id=UUID(int=0),
        version=0,
        number=f"{at.year % 100}-{number}",
        source=random.choices(("911", "non-emergency", "988", "officer", "walk-up"), (60, 20, 6, 9, 5))[0],
        received_at=at,
        type_text=text,
        type_code=code,
        priority=str(random.choices((1, 2, 3, 4), (5, 20, 50, 25))[0]),
        place=place,
        city="Riverside",
        disposition=random.choices(("Assisted", "Transported", "Gone on arrival", "Report"), (70, 12, 12, 6))[
            0
        ],
        dispatched_at=sent,
        on_scene_at=there,
        cleared_at=left,
        call_taker="call-taker 17",
        dispatcher="dispatcher 04",
        eligible=random.choices(("yes", "no", "unknown"), (75, 15, 10))[0],
        notes=notes,
        responses=tuple(responses),
    )


def _encounter(desk: Desk, certainty: Certainty, stated: StatedIdentity) -> EncounterDetails:
    random = desk.random
    outcome = random.choices(
        ("community", "hospital", "crisis-center", "sobering", "shelter", "declined"), (70, 8, 6, 5, 6, 5)
    )[0]
    return EncounterDetails(
        part=Part.SUBJECT,
        certainty=certainty,
        stated=stated,
        needs=tuple(random.sample(("shelter", "food", "medical", "mental-health", "detox", "company"), 2)),
        offers=(("shelter bed", random.choice(("accepted", "declined"))),),
        what_was_done=random.choice(words.AT_SCENE),
        outcome=outcome,
        transported_to="" if outcome in ("community", "declined") else outcome,
        is_voluntary=None if outcome in ("community", "declined") else True,
        follow_up_wished=random.choices(("yes", "no", "unknown"), (45, 20, 35))[0],
        how_to_find=random.choice(words.USUALLY),
    )


def _call_event(desk: Desk, life: Life, at: datetime, number: int) -> Callable[[], None]:
    place = (
        life.details.places[0].text
        if life.details.places and desk.random.random() < 0.6
        else desk.random.choice(words.PLACES)
    )

    def happen() -> None:
        if life.person_id is None:
            life.person_id = desk.admin.people.add(details=life.details)
        call_id = desk.admin.calls.add(call=_call(desk, at, number, place))
        details = _encounter(desk, Certainty.CONFIRMED, StatedIdentity())
        encounter_id = desk.admin.calls.add_encounter(
            call_id=call_id, details=details, person_id=life.person_id
        )
        if desk.now - at > timedelta(hours=30):
            desk.admin.calls.triage(encounter_id=encounter_id, decision="seen")

    return happen


def _plan_case(desk: Desk, life: Life, times: list[datetime], *, is_closed: bool) -> None:
    start = desk.random.choice(times) + timedelta(hours=desk.random.randrange(10, 60))
    if is_closed:
        start = min(start, desk.now - timedelta(days=100))
    mine = desk.by_login[life.worker]

    def open_case() -> None:
        if life.person_id is None or life.details.is_restricted:
            return
        domain, wish = desk.random.choice(words.WANTS)
        team = (desk.staff_ids[desk.random.choice(("rshaw", "cfinch"))],)
        case = mine.cases.open_case(
            person_id=life.person_id, opened_from="call", goals=(Goal(domain, wish),), team=team
        )
        life.case_id = case.id
        _plan_contacts(desk, life, mine, start, is_closed=is_closed)
        if desk.random.random() < 0.75:
            _plan_referral(desk, life, mine, _referral_time(desk, start, is_closed=is_closed))

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
                note=_note(desk, life, outcome, is_peer=author is not mine),
            )
        )
        if at < desk.now - timedelta(days=3):
            author.contacts.sign(contact_id=contact.contact_id)

    return happen


def _note(desk: Desk, life: Life, outcome: Outcome, *, is_peer: bool) -> NoteText:
    random = desk.random
    they = {"he/him": "he", "she/her": "she"}.get(life.details.pronouns, "they")
    place = life.details.places[0].text if life.details.places else "the plaza"
    template = random.choice(words.NOTES_REACHED if outcome.is_contact else words.NOTES_ATTEMPT)
    text = template.format(
        place=place,
        They=they.capitalize(),
        they=they,
        topic=random.choice(words.TOPICS),
        step=random.choice(words.STEPS),
    )
    if is_peer and outcome.is_contact:
        parts = {"What we did": text, "Strengths": random.choice(words.STRENGTHS)}
        return NoteText(NoteForm.PEER, parts, written_together=random.random() < 0.4)
    if outcome.is_contact and random.random() < 0.2:
        plan = f"Next: {random.choice(words.STEPS)}."
        return NoteText(
            NoteForm.DAP, {"Data": text, "Assessment": "Motivated, tired, safe today.", "Plan": plan}
        )
    return NoteText(NoteForm.PLAIN, {"Note": text})


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
        day = max(wished, _local_day(desk, desk.clock.at))
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


_LADDERS = (
    (Step.OFFERED,),
    (Step.OFFERED, Step.ACCEPTED_BY_PERSON),
    (Step.OFFERED, Step.ACCEPTED_BY_PERSON, Step.SENT),
    (Step.OFFERED, Step.ACCEPTED_BY_PERSON, Step.SENT, Step.AGENCY_WAITLISTED),
    (Step.OFFERED, Step.ACCEPTED_BY_PERSON, Step.SENT, Step.AGENCY_ACCEPTED),
    (Step.OFFERED, Step.ACCEPTED_BY_PERSON, Step.SENT, Step.AGENCY_ACCEPTED, Step.APPOINTMENT),
    (Step.OFFERED, Step.ACCEPTED_BY_PERSON, Step.SENT, Step.AGENCY_DECLINED),
    (Step.OFFERED, Step.ACCEPTED_BY_PERSON, Step.SENT, Step.AGENCY_ACCEPTED, Step.APPOINTMENT, Step.ATTENDED),
    (
        Step.OFFERED,
        Step.ACCEPTED_BY_PERSON,
        Step.SENT,
        Step.AGENCY_ACCEPTED,
        Step.APPOINTMENT,
        Step.ATTENDED,
        Step.ENGAGED_30_DAYS,
        Step.COMPLETED,
    ),
    (Step.OFFERED, Step.CLOSED),
)
"""Ladders as far as they got; every rung is reached by some."""


_ENDED = tuple(ladder for ladder in _LADDERS if ladder[-1] in (Step.COMPLETED, Step.CLOSED))
"""How the ladders of long ago ended."""


def _plan_referral(desk: Desk, life: Life, mine: Services, at: datetime) -> None:
    def offer() -> None:
        random = desk.random
        assert life.person_id is not None  # noqa: S101
        service = mine.directory.get(service_id=random.choice(desk.service_ids))
        if random.random() < 0.7:
            mine.consents.record(
                person_id=life.person_id,
                details=_consent(desk, service.organization, is_part2=service.is_substance_use),
            )
        referral = mine.referrals.offer(
            person_id=life.person_id,
            need=random.choice(("a bed", "treatment", "a doctor", "help with papers", "somebody to talk to")),
            method=random.choice(list(Method)),
            service_id=service.id,
            why_now="Asked for it at the scene and again this week.",
        )
        is_old = desk.now - at > timedelta(days=45)
        ladder = random.choice(_ENDED) if is_old else _LADDERS[life.number % len(_LADDERS)]
        for place, step in enumerate(ladder[1:], start=1):
            moment = at + timedelta(days=place * 2, hours=place)
            if moment > desk.now:
                break
            desk.at(moment, _step_event(desk, mine, referral.id, step, moment))

    desk.at(at, offer)


def _step_event(
    desk: Desk, mine: Services, referral_id: UUID, step: Step, at: datetime
) -> Callable[[], None]:
    def happen() -> None:
        referral = mine.referrals.get(referral_id=referral_id)
        ends = step in (Step.CLOSED, Step.AGENCY_DECLINED)
        ahead = desk.now + timedelta(days=desk.random.randrange(1, 9))
        mine.referrals.take_step(
            referral_id=referral_id,
            taken=LadderStep(
                step=step,
                on=_local_day(desk, at),
                proof=Proof.PERSON_SAID
                if step in (Step.ACCEPTED_BY_PERSON, Step.CLOSED)
                else Proof.AGENCY_SAID,
                by="Dana Whitfield" if mine is desk.by_login["dana"] else "Tomas Vale",
                ended_by=EndedBy.PERSON if step is Step.CLOSED else EndedBy.AGENCY if ends else None,
                reason="not-interested" if step is Step.CLOSED else "capacity" if ends else "",
                appointment_at=ahead.replace(hour=17, minute=0, second=0, microsecond=0)
                if step is Step.APPOINTMENT
                else None,
            ),
            version=referral.version,
            accepted_by="intake desk" if step is Step.AGENCY_ACCEPTED else "",
        )

    return happen


def _consent(desk: Desk, recipient: str, *, is_part2: bool) -> ConsentDetails:
    today = _local_day(desk, desk.clock.at)
    kinds = set(InformationKind) - {InformationKind.CLINICAL}
    if not is_part2:
        kinds -= {InformationKind.SUBSTANCE_USE}
    return ConsentDetails(
        kind=ConsentKind.PART_2 if is_part2 else ConsentKind.RELEASE,
        recipients=(recipient,),
        purpose="referral and follow-up care",
        information=frozenset(kinds),
        starts_on=today,
        expires_on=today + timedelta(days=desk.random.choice((90, 180, 365))),
        discloser="Riverside Follow-up",
        signed_on=today,
        signature=SignatureKind.PAPER,
        right_to_revoke_told=True,
    )


def _last_night(desk: Desk, numbers: Iterator[int]) -> None:
    """Calls of the last hours whose people nobody has identified yet."""
    stated = (
        StatedIdentity(name="Jamie", age=31),
        StatedIdentity(name="Mike", age=44),
        StatedIdentity(name="Lupe", age=38),
        StatedIdentity(description="Man, about 50, red parka", age=50),
        StatedIdentity(name="Patty", age=52),
        StatedIdentity(name="Bill"),
    )
    for place, who in enumerate(stated):
        at = desk.now - timedelta(hours=3 + 2 * place, minutes=desk.random.randrange(50))
        number = next(numbers)

        def happen(at: datetime = at, number: int = number, who: StatedIdentity = who) -> None:
            call = _call(desk, at, number, desk.random.choice(words.PLACES))
            call_id = desk.admin.calls.add(call=call)
            details = replace(_encounter(desk, Certainty.STATED, who), follow_up_wished="yes")
            desk.admin.calls.add_encounter(call_id=call_id, details=details)

        desk.at(at, happen)


def _local_day(desk: Desk, at: datetime) -> date:
    return at.astimezone(desk.zone).date()
