"""The ready-made reports, as data; an agency saves its own beside them."""

from types import MappingProxyType

from caseapp.domain.measures.catalogue import ALL
from caseapp.domain.reports import BEFORE, LAST_YEAR, Plan

_RESPONSES = (
    "dispatches",
    "eligible_calls",
    "response_share",
    "not_served_reasons",
    "police_backup",
    "remained_in_community_engaged",
    "remained_in_community_all",
    "response_minutes_median",
    "response_minutes_p90",
)
_FOLLOW_UP = (
    "follow_up_attempt_24h",
    "follow_up_attempt_72h",
    "follow_up_contact_72h",
    "hours_to_contact_median",
    "repeat_contact_30d",
    "repeat_contact_people_30d",
    "people_in_repeat_contact",
)
_REFERRALS = (
    "referrals_sent",
    "referrals_answered",
    "referrals_attended",
    "referrals_engaged",
    "referrals_connected_30d",
    "referrals_loop_closed",
    "referrals_unknown",
)
_PEOPLE = (
    "people_served",
    "people_identified",
    "people_new",
    "people_by_age",
    "people_by_gender",
    "people_by_race",
    "people_by_language",
    "people_by_living",
    "people_by_veteran",
)


def _section(name: str) -> tuple[str, ...]:
    return tuple(measure.id for measure in ALL if measure.section == name)


_PLANS = (
    Plan(
        "outcomes",
        "Outcomes",
        tuple(measure.id for measure in ALL),
        compare=(BEFORE,),
        charts=("calls_by_month", "response_minutes_median"),
    ),
    Plan(
        "council",
        "Monthly council page",
        (
            *_RESPONSES,
            "calls_by_month",
            "follow_up_contact_72h",
            "repeat_contact_people_30d",
            "people_in_repeat_contact",
            "people_served",
        ),
        compare=(BEFORE, LAST_YEAR),
        is_public=True,
        charts=("calls_by_month",),
    ),
    Plan(
        "funder",
        "Quarterly funder report",
        (
            *_RESPONSES,
            "calls_by_month",
            *_FOLLOW_UP,
            *_REFERRALS,
            *_PEOPLE,
            "cases_enrolled",
            "cases_new",
            "cases_exited",
        ),
        compare=(BEFORE,),
        is_public=True,
        charts=("calls_by_month",),
    ),
    Plan(
        "caseload",
        "Caseload and supervision",
        (*_section("Cases"), "follow_ups_due"),
        compare=(BEFORE,),
        group_by="worker",
    ),
    Plan("referrals", "Referral network", _section("Referrals"), compare=(BEFORE,), group_by="agency"),
    Plan("quality", "Data quality", _section("Records"), compare=(BEFORE,), group_by="month"),
    Plan("equity", "Who is served", _PEOPLE, compare=(LAST_YEAR,)),
    Plan("cit", "Crisis intervention training", _section("CIT"), compare=(LAST_YEAR,)),
    Plan(
        "dashboard",
        "Published dashboard",
        (
            "dispatches",
            "calls_by_month",
            "calls_by_type",
            "calls_by_area",
            "calls_by_hour",
            "calls_by_weekday",
            "response_minutes_median",
            "remained_in_community_engaged",
            "remained_in_community_all",
            "transport_hospital",
            "arrests",
        ),
        is_public=True,
        charts=("calls_by_month", "calls_by_hour", "calls_by_weekday"),
    ),
)
READY_MADE = MappingProxyType({plan.name: plan for plan in _PLANS})
