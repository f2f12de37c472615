"""Measures of the response itself: how soon, whether anybody was engaged, and how it ended."""

from collections.abc import Callable
from typing import Any

from caseapp.domain.measures.measure import Kind, Left, Measure
from caseapp.domain.measures.outcomes import (
    CANCELLED,
    COMMUNITY,
    COMMUNITY_PLACES,
    DECLINED,
    ENGAGED,
    HOSPITAL,
    NOT_FOUND,
    UNSAFE,
)
from caseapp.domain.measures.populations import calls, dispatches, subjects
from caseapp.domain.measures.rows import CallFact, EncounterFact, Records
from caseapp.domain.measures.summaries import share

NO_END = Left("end point not recorded")
NO_OUTCOME = Left("outcome not recorded")
NOT_ENGAGED = {
    NOT_FOUND: Left("nobody engaged: not found"),
    DECLINED: Left("nobody engaged: refused or declined"),
    CANCELLED: Left("nobody engaged: cancelled before arrival"),
    UNSAFE: Left("nobody engaged: safety concern"),
}
UNKNOWN_MODEL = ("unknown",)
MODEL_UNKNOWN = Left("the unit is not registered, so that nobody knows whether police were with it")
_OTHER_END = Left("nobody engaged: other end")
_SECTION = "Responses"
_BASIS = "day the call was received"


def remained_of_all(call: CallFact, _records: Records) -> bool:
    """Written down as having remained in the community, whether or not anybody was engaged."""
    return call.outcome == COMMUNITY


def of_the_engaged(codes: frozenset[str]) -> Callable[[CallFact, Records], bool | Left]:
    """Whether an engaged call ended in one of these ways; calls with nobody engaged are left out."""

    def judge(call: CallFact, _records: Records) -> bool | Left:
        if call.end == ENGAGED:
            return call.outcome in codes
        return NOT_ENGAGED.get(call.end, _OTHER_END) if call.end else NO_END

    return judge


def engaged(call: CallFact, _records: Records) -> bool | Left:
    """The team engaged somebody."""
    return call.end == ENGAGED if call.end else NO_END


def nobody_found(call: CallFact, _records: Records) -> bool | Left:
    """Nobody was engaged, for whatever reason."""
    return call.end != ENGAGED if call.end else NO_END


def of_all(codes: frozenset[str]) -> Callable[[CallFact, Records], bool | Left]:
    """Whether a dispatch ended in one of these ways."""

    def judge(call: CallFact, _records: Records) -> bool | Left:
        return call.outcome in codes if call.outcome else NO_OUTCOME

    return judge


def backup_asked(call: CallFact, _records: Records) -> bool | Left:
    """Police were asked for as back-up."""
    if call.backup_asked:
        return True
    return MODEL_UNKNOWN if call.models == UNKNOWN_MODEL else False


def diverted(call: CallFact, _records: Records) -> bool | Left:
    """A response without any police unit, which police would else have had."""
    if call.with_police or call.backup_arrived:
        return False
    return MODEL_UNKNOWN if call.models == UNKNOWN_MODEL else True


def _diverted_net(call: CallFact, records: Records) -> bool | Left:
    if call.aside:
        return Left(call.aside)
    if call.source == "officer":
        return Left("initiated by an officer, not by the public")
    return diverted(call, records) if call.sent else False


def involuntary(one: EncounterFact, _records: Records) -> bool | Left:
    """Transported against the person's will."""
    if not one.outcome and not one.transported_to:
        return NO_OUTCOME
    if one.transported_to and one.is_voluntary is None:
        return Left("voluntary or not is not recorded")
    return bool(one.transported_to) and one.is_voluntary is False


def arrested(call: CallFact, _records: Records) -> bool | Left:
    """The response ended in an arrest."""
    return call.outcome == "jail" if call.outcome else NO_OUTCOME


def declined_offer(one: EncounterFact, _records: Records) -> bool | Left:
    """Every service offered at the scene was declined."""
    if not one.offers:
        return Left("nothing offered, or not recorded")
    return all(answer == "declined" for answer in one.offers)


def service_given(one: EncounterFact, _records: Records) -> bool | Left:
    """At least one service offered at the scene was accepted."""
    return any(answer == "accepted" for answer in one.offers) if one.outcome else NO_OUTCOME


def injured(one: EncounterFact, _records: Records) -> bool | Left:
    """Somebody was hurt."""
    if one.injuries in ("", "unknown"):
        return Left("injuries not recorded")
    return one.injuries not in ("none", "no")


def of_calls(
    id_: str,
    name: str,
    sentence: str,
    numerator: str,
    denominator: str,
    judge: Any,
    number: int,
    *,
    excludes: str = "duplicates; calls without a team of ours; rows whose outcome is not recorded",
    unit: str = "%",
    summarise: Any = share,
    population: Any = dispatches,
    warning: str = "",
) -> Measure:
    return Measure(
        id=id_,
        name=name,
        section=_SECTION,
        sentence=sentence,
        numerator=numerator,
        denominator=denominator,
        excludes=excludes,
        basis=_BASIS,
        window="the call itself",
        source="calls, units sent, people met",
        unit=unit,
        kind=Kind.CALL,
        population=population,
        judge=judge,
        summarise=summarise,
        number=number,
        warning=warning,
    )


def _of_people(
    id_: str, name: str, sentence: str, numerator: str, denominator: str, judge: Any, number: int
) -> Measure:
    return Measure(
        id=id_,
        name=name,
        section=_SECTION,
        sentence=sentence,
        numerator=numerator,
        denominator=denominator,
        excludes="people of whom this is not recorded",
        basis=_BASIS,
        window="the call itself",
        source="what responders wrote of the people met",
        unit="%",
        kind=Kind.ENCOUNTER,
        population=subjects,
        judge=judge,
        summarise=share,
        number=number,
    )


MEASURES = (
    of_calls(
        "remained_in_community_engaged",
        "Remained in community, of people engaged",
        "Of responses that engaged somebody, how many ended with the person in the community.",
        "engaged responses that ended in the community",
        "responses that engaged somebody",
        of_the_engaged(frozenset({COMMUNITY})),
        18,
        excludes="responses with nobody engaged, and those whose end point is not recorded",
    ),
    of_calls(
        "remained_in_community_all",
        "Remained in community, of all responses",
        "Of all responses, how many are written down as having remained in the community.",
        "responses written down as remained in the community",
        "responses by our teams",
        remained_of_all,
        18,
        excludes="nothing; cancelled and unlocated responses count too",
        warning="Counts people nobody met as remaining in the community. Read it beside the engaged only.",
    ),
    of_calls(
        "engaged_share",
        "Somebody engaged",
        "Share of responses that engaged somebody.",
        "responses that engaged somebody",
        "responses with an end point",
        engaged,
        16,
    ),
    of_calls(
        "nobody_engaged_share",
        "Nobody engaged",
        "Share of responses that found or engaged nobody.",
        "responses with nobody engaged",
        "responses with an end point",
        nobody_found,
        16,
    ),
    of_calls(
        "transport_hospital",
        "Went to hospital, of people engaged",
        "Share of engaged responses that ended in a hospital.",
        "engaged responses that ended in a hospital",
        "responses that engaged somebody",
        of_the_engaged(HOSPITAL),
        20,
    ),
    of_calls(
        "transport_hospital_all",
        "Went to hospital, of all responses",
        "Share of responses that ended in a hospital.",
        "responses that ended in a hospital",
        "responses with an outcome",
        of_all(HOSPITAL),
        20,
    ),
    of_calls(
        "transport_community",
        "Went to a community place, of people engaged",
        "Share of engaged responses that ended at a crisis center, detox, shelter or respite.",
        "engaged responses that ended at such a place",
        "responses that engaged somebody",
        of_the_engaged(COMMUNITY_PLACES),
        19,
    ),
    of_calls(
        "arrests",
        "Arrests",
        "Share of responses that ended in an arrest.",
        "responses that ended in an arrest",
        "responses with an outcome",
        arrested,
        22,
    ),
    of_calls(
        "police_backup",
        "Police asked for as back-up",
        "Share of responses in which police were asked for.",
        "responses in which police were asked for",
        "responses by our teams",
        backup_asked,
        13,
    ),
    of_calls(
        "diversion_gross",
        "Diverted from police, of our responses",
        "Share of responses that no police unit took part in.",
        "responses without police",
        "responses by our teams",
        diverted,
        11,
        excludes="duplicates",
        warning="Supposes that police would have been sent else. Read it beside the net figure.",
    ),
    of_calls(
        "diversion_net",
        "Diverted from police, of all calls by the public",
        "Share of all calls by the public that were answered without police.",
        "responses without police, called for by the public",
        "all calls by the public in the record",
        _diverted_net,
        12,
        excludes="duplicates; calls that officers started",
        population=calls,
        warning="Needs the whole dispatch export: calls that were not imported are not in it.",
    ),
    _of_people(
        "involuntary_transports",
        "Involuntary transports",
        "Share of people met who were transported against their will.",
        "people transported against their will",
        "people met with a recorded outcome",
        involuntary,
        21,
    ),
    _of_people(
        "offers_declined",
        "Offered and declined",
        "Share of people offered a service who declined all of it.",
        "people who declined every offer",
        "people offered something",
        declined_offer,
        17,
    ),
    _of_people(
        "service_given",
        "Service given at the scene",
        "Share of people met who accepted a service at the scene.",
        "people who accepted a service",
        "people met with a recorded outcome",
        service_given,
        23,
    ),
    _of_people(
        "injuries",
        "Somebody hurt",
        "Share of encounters in which somebody was hurt.",
        "encounters with an injury",
        "encounters of which it is recorded",
        injured,
        40,
    ),
)
