"""Puts what was read of calls and encounters together into the facts that measures count."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from caseapp.domain.calls import Model
from caseapp.domain.encounters import Part
from caseapp.domain.measures.outcomes import ENGAGED, NOT_FOUND, end_of, outcome_of, was_engaged
from caseapp.domain.measures.populations import DUPLICATE, OUTSIDE
from caseapp.domain.measures.rows import (
    CallFact,
    ContactFact,
    EncounterFact,
    FollowUpFact,
    PersonCall,
    Records,
    Span,
)

_POLICE = frozenset(
    {
        Model.POLICE.value,
        Model.CIT.value,
        Model.CO_RESPONSE.value,
        Model.CO_RESPONSE_CALLED_IN.value,
        Model.CO_RESPONSE_VIRTUAL.value,
    }
)

SUBJECT = Part.SUBJECT.value


@dataclass(slots=True)
class Units:
    """What the responses of one call add up to."""

    models: list[str] = field(default_factory=list)
    sent: bool = False
    backup_asked: bool = False
    backup_arrived: bool = False


class Met(NamedTuple):
    """A person met on a call around the period."""

    key: bytes
    person: bytes | None
    is_subject: bool
    outcome: str
    transported_to: str
    is_voluntary: bool | None
    arrest: str
    injuries: str
    wished: str
    offers: Any
    received_at: int
    is_duplicate: bool
    is_planned: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Calls of the period and encounters around it, to be put together."""

    span: Span
    calls: list[CallFact]
    met: dict[bytes, list[Met]]

    def records(
        self,
        *,
        kept: frozenset[bytes] | None,
        contacts: dict[bytes, list[ContactFact]],
        cases: Iterable[Any],
        referrals: Iterable[Any],
        follow_ups: Iterable[FollowUpFact],
        people: dict[bytes, Any],
        trained: Sequence[Any],
    ) -> Records:
        """All of it, or what is about the kept people."""
        encounters = [one for call in self.calls if not call.aside for one in self._encounters(call)]
        calls = self.calls
        if kept is not None:
            encounters = [one for one in encounters if one.person in kept]
            theirs = {one.call for one in encounters}
            calls = [call for call in calls if call.key in theirs]
            contacts = {person: made for person, made in contacts.items() if person in kept}
            referrals = (one for one in referrals if one.person in kept)
            follow_ups = (one for one in follow_ups if one.person in kept)
        return Records(
            span=self.span,
            calls=calls,
            encounters=encounters,
            people=people,
            contacts=contacts,
            person_calls=self._person_calls(),
            referrals=list(referrals),
            cases=list(cases),
            follow_ups=list(follow_ups),
            trained=trained,
        )

    def _encounters(self, call: CallFact) -> Iterable[EncounterFact]:
        model, left_at = call.models[0] if call.models else "", call.left_at
        for one in self.met.get(call.key, ()):
            yield EncounterFact(
                key=one.key,
                call=call.key,
                person=one.person,
                at=call.at,
                left_at=left_at,
                is_subject=one.is_subject,
                outcome=one.outcome,
                transported_to=one.transported_to,
                is_voluntary=one.is_voluntary,
                arrest=one.arrest,
                injuries=one.injuries,
                wished=one.wished,
                offers=_answers(one.offers),
                planned=one.is_planned,
                model=model,
            )

    def _person_calls(self) -> dict[bytes, list[PersonCall]]:
        """Every call on which somebody was met as the one it was about, in order of time."""
        found: dict[bytes, set[PersonCall]] = {}
        for call, met in self.met.items():
            for one in met:
                if one.person is not None and one.is_subject and not one.is_duplicate:
                    found.setdefault(one.person, set()).add(PersonCall(one.received_at, call))
        return {person: sorted(calls) for person, calls in found.items()}


def _answers(offers: Any) -> tuple[str, ...]:
    """What was said to each offer; most encounters have none, and their text is not parsed."""
    if offers in ("[]", [], None):
        return ()
    return tuple(offer[1] for offer in (json.loads(offers) if isinstance(offers, str) else offers))


def call_fact(row: Any, span: Span, units: Units, met: list[Met]) -> CallFact:
    """A call as measures read it, of its own row, the units sent and the people met."""
    (
        key,
        received,
        is_day,
        until,
        dispatched,
        on_scene,
        cleared,
        type_text,
        initial_text,
        category,
        source,
        city,
        district,
        eligible,
        reason,
        duplicate,
        end_point,
        disposition,
    ) = row
    outcomes = tuple(one.outcome for one in met if one.is_subject) if met else ()
    end = end_of(end_point)
    if not end and outcomes:
        engaged = was_engaged(end, outcomes)
        end = "" if engaged is None else ENGAGED if engaged else NOT_FOUND
    aside = DUPLICATE if duplicate else ""
    if until is not None and not (span.start <= received and until < span.end):
        aside = OUTSIDE
    return CallFact(
        key,
        received,
        bool(is_day),
        until,
        dispatched,
        on_scene,
        cleared,
        type_text or initial_text,
        category,
        source,
        city or district,
        eligible,
        reason,
        aside,
        end,
        next((one for one in outcomes if one), "") or outcome_of(disposition),
        tuple(units.models),
        units.sent,
        units.backup_asked,
        units.backup_arrived,
        not _POLICE.isdisjoint(units.models),
        bool(units.models),
    )
