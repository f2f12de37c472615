"""The calls of the sample: who took them, who was sent, what was screened, and what happened at the scene."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from caseapp.domain.calls import (
    BackUp,
    Call,
    CallNote,
    CoResponse,
    Model,
    NarrativePart,
    SafetyCheck,
    UnitResponse,
    UnitRole,
    VideoSession,
    is_served,
)
from caseapp.domain.encounters import Certainty, EncounterDetails, Part, StatedIdentity
from caseapp.domain.screening import Answer, CriterionDetails, Sheet, decide_eligibility, valid_on
from db.demo import words
from db.demo.desk import UNITS, Desk

CRITERIA = (
    ("Is a weapon seen or said?", Answer.NO),
    ("Is a crime in progress?", Answer.NO),
    ("Is anybody hurt so that medics must come first?", Answer.NO),
    ("Is the place inside our area?", Answer.YES),
)
"""What the sample's agency asks before its own team goes."""

_BY_PHONE = ("911", "non-emergency", "988", "officer", "team", "walk-up")
_REASONS = ("no-unit", "hours", "area", "caller-declined", "police", "other")
_DESTINATIONS = {
    "hospital": "emergency-department",
    "crisis-center": "crisis-center",
    "sobering": "sobering",
    "shelter": "shelter",
}


def add_criteria(desk: Desk) -> None:
    """Write the criteria, one of which was reworded half a year ago."""
    screening, today = desk.admin.screening, desk.today
    for text, letting in CRITERIA:
        details = CriterionDetails(text, letting, today - timedelta(days=800))
        criterion_id = screening.add(details=details)
        if "weapon" in text:
            reworded = replace(details, text="Is a weapon in reach or said?", valid_from=_half_a_year(today))
            screening.change(criterion_id=criterion_id, details=reworded, version=1)
    desk.criteria = screening.criteria()


def a_call(desk: Desk, at: datetime, number: int, place: str) -> Call:
    """A call with its units and narrative, as a dispatch centre leaves it."""
    random = desk.random
    _weight, code, text = random.choices(words.TYPES, [one[0] for one in words.TYPES])[0]
    sent = at + timedelta(minutes=random.randrange(1, 12))
    there = sent + timedelta(minutes=random.randrange(4, 35))
    left = there + timedelta(minutes=random.randrange(12, 90))
    call_sign, _name, model, _ours = random.choices(UNITS, (18, 18, 8, 10, 4, 14, 10, 8, 6, 4))[0]
    first = _unit(desk, UnitResponse(call_sign, model, UnitRole.PRIMARY, sent, sent, there, left))
    initial = text if random.random() < 0.8 else random.choice(words.TYPES)[2]
    police = model in (Model.POLICE, Model.CIT)
    return Call(
        id=UUID(int=0),
        version=0,
        number=f"{at.year % 100}-{number}",
        source=random.choices(_BY_PHONE, (60, 20, 6, 6, 5, 3))[0],
        received_at=at,
        type_text=text,
        type_initial=initial,
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
        dispatch_decision="police" if police else random.choice(("our-team", "our-team", "both")),
        notes=_narrative(desk, call_sign, at, sent, there),
        responses=(first, *_back_up(first, left)),
        safety_checks=_safety(desk, call_sign, there, left),
    )


def screen(desk: Desk, call_id: UUID, call: Call) -> None:
    """Answer the sheet of most calls; an eligible one that police alone answered says why."""
    random, calls = desk.random, desk.admin.calls
    criteria = valid_on(desk.criteria, desk.day_of(call.received_at))
    if random.random() < 0.1 or not criteria:
        return
    answers = {one.id: one.details.letting for one in criteria}
    if random.random() < 0.15:
        against = random.choice(criteria)
        answers[against.id] = Answer.YES if against.details.letting is Answer.NO else Answer.NO
    eligible = decide_eligibility(criteria, answers).eligible
    why = random.choices(_REASONS, (40, 25, 10, 8, 12, 5))[0]
    calls.screen(
        call_id=call_id,
        sheet=Sheet(
            answers=answers,
            eligible=eligible,
            not_served_reason=why if eligible == "yes" and not is_served(call) else "",
            screened_by=call.call_taker,
            screened_at=call.received_at + timedelta(seconds=50),
        ),
        version=1,
    )


def a_meeting(desk: Desk, certainty: Certainty, stated: StatedIdentity) -> EncounterDetails:
    """What happened at the scene with the person whom the call is about."""
    random = desk.random
    outcome = random.choices(
        ("community", "hospital", "crisis-center", "sobering", "shelter", "declined"), (70, 8, 6, 5, 6, 5)
    )[0]
    to = _DESTINATIONS.get(outcome, "")
    is_held = outcome == "hospital" and random.random() < 0.4
    return EncounterDetails(
        part=Part.SUBJECT,
        certainty=certainty,
        stated=stated,
        needs=tuple(random.sample(("shelter", "food", "medical", "mental-health", "detox", "company"), 2)),
        offers=(
            ("shelter bed", random.choice(("accepted", "declined", "not-there"))),
            ("ride to the clinic", random.choice(("accepted", "declined", "thinking"))),
        )[: random.choice((1, 2))],
        what_was_done=random.choice(words.AT_SCENE),
        outcome=outcome,
        transported_to=to,
        transported_by=random.choice(("our-team", "ambulance", "police")) if to else "",
        is_voluntary=not is_held if to else None,
        use_of_force="hands" if is_held and random.random() < 0.2 else "none",
        restraint="handcuffs" if is_held and random.random() < 0.5 else "none",
        injuries="none" if random.random() < 0.97 else "person",
        involuntary_hold=random.choice(("officer", "clinician")) if is_held else "none",
        arrest="none" if random.random() < 0.98 else "citation",
        follow_up_wished=random.choices(("yes", "no", "unknown"), (45, 20, 35))[0],
        how_to_find=random.choice(words.USUALLY),
    )


def _half_a_year(today: date) -> date:
    return today - timedelta(days=180)


def _unit(desk: Desk, unit: UnitResponse) -> UnitResponse:
    """Who led, and how police came to be there, by the unit's model."""
    random, start = desk.random, unit.on_scene_at
    if unit.model is Model.CO_RESPONSE:
        pair = CoResponse("together", "Officer 212", "Kei Mori")
        return replace(unit, led_by="clinician", together=pair, has_cit_officer=True)
    if unit.model is Model.CO_RESPONSE_CALLED_IN:
        called = CoResponse("called-in", "Officer 118", "Kei Mori", unit.dispatched_at, "officer")
        return replace(unit, led_by="clinician", together=called)
    if unit.model is Model.CO_RESPONSE_VIRTUAL and start is not None:
        ended = start + timedelta(minutes=random.randrange(6, 11))
        video = VideoSession(start, ended, "officer-tablet", random.choice(("settled", "team-sent")))
        return replace(unit, led_by="clinician", together=CoResponse("virtual"), video=video)
    if unit.model in (Model.ALTERNATIVE, Model.MOBILE_CRISIS):
        unit = replace(unit, led_by=random.choice(("clinician", "peer", "shared")))
        if random.random() < 0.08 and start is not None:
            why = random.choice(("violence", "medical", "weapon"))
            asked = BackUp("police", start + timedelta(minutes=4), "responder", why, random.random() < 0.8)
            return replace(unit, back_up=asked)
    return unit


def _back_up(first: UnitResponse, left: datetime) -> tuple[UnitResponse, ...]:
    """The patrol that a team asked for and that came."""
    if not first.back_up.has_arrived or first.back_up.asked_at is None:
        return ()
    asked = first.back_up.asked_at
    arrived = min(asked + timedelta(minutes=7), left)
    return (
        UnitResponse("P31", Model.CIT, UnitRole.BACK_UP, asked, None, arrived, left, came_how="asked-for"),
    )


def _safety(desk: Desk, call_sign: str, there: datetime, left: datetime) -> tuple[SafetyCheck, ...]:
    if desk.random.random() > 0.5 or left - there < timedelta(minutes=20):
        return ()
    answer = desk.random.choices(("ok", "no-answer"), (19, 1))[0]
    return (SafetyCheck(there + timedelta(minutes=15), call_sign, "dispatcher 04", answer),)


def _narrative(
    desk: Desk, call_sign: str, at: datetime, sent: datetime, there: datetime
) -> tuple[CallNote, ...]:
    return (
        CallNote(desk.random.choice(words.NARRATIVE), at, NarrativePart.CALL_TAKER, "call-taker 17"),
        CallNote(
            "No weapon, no crime in progress, alternative response eligible",
            sent,
            NarrativePart.DISPATCHER,
            "dispatcher 04",
        ),
        CallNote(desk.random.choice(words.AT_SCENE), there, NarrativePart.RESPONDER, call_sign),
    )
