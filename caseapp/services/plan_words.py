"""The safety plan in words: what the person's plan says, and from the record what it leaves open."""

from collections.abc import Collection

from caseapp.documents.safety_plan import SafetyPlanData, Step
from caseapp.domain.forms import Texts
from caseapp.domain.relations import HELPERS
from caseapp.domain.staff import Agency
from caseapp.services import paper_words as words
from caseapp.services.person_facts import PersonFacts
from caseapp.services.sheet_words import relation

_PLAN_LINES = (3, 3, 3, 3, 3, 2)
"""Answers that each of the six steps asks for."""
_PLAN_STEPS = ("signs", "self", "places", "people", "services", "surroundings")
"""The same steps in the assessment that is a safety plan."""


def safety_plan(
    texts: Texts,
    agency: Agency,
    facts: PersonFacts | None,
    foot: str,
    allowed: Collection[str] = ("person", "plan"),
) -> SafetyPlanData:
    """The plan with what is known of somebody, or blank; what is missing has lines to write on."""
    known = _plan_facts(texts, facts) if facts and "plan" in allowed else ((),) * len(_PLAN_LINES)
    steps = tuple(
        Step(texts.say(f"plan_{number}"), told, max(0, asked - len(told)))
        for number, (told, asked) in enumerate(zip(known, _PLAN_LINES, strict=True), start=1)
    )
    return SafetyPlanData(
        language=texts.language,
        title=texts.say("plan_title"),
        name=facts.formal_name if facts and "person" in allowed else "",
        intro=texts.say("plan_intro"),
        steps=steps,
        crisis=texts.say("plan_crisis"),
        last=(
            (texts.say("plan_mine"),),
            (texts.say("plan_use"),),
            (texts.say("plan_kept"), texts.say("plan_review")),
            (texts.say("plan_made"), texts.say("plan_with")),
        ),
        source=texts.say("plan_source"),
        agency=words.agency_line(agency),
        foot=foot,
    )


def _plan_facts(texts: Texts, facts: PersonFacts) -> tuple[tuple[str, ...], ...]:
    """What the person's plan says; a step that it leaves open, and a plan not yet made, from the record."""
    known = zip(_PLAN_STEPS, _recorded(texts, facts), _PLAN_LINES, strict=True)
    return tuple(_lines(facts.plan.get(step, "")) or told[:asked] for step, told, asked in known)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _recorded(texts: Texts, facts: PersonFacts) -> tuple[tuple[str, ...], ...]:
    live = facts.details.alerts_on(facts.now.date())
    signs = tuple(one.text for one in live if one.kind == "trigger")
    helps = tuple(one.text for one in live if one.kind == "what-helps")
    near = tuple(relation(texts, one) for one in facts.details.relations if one.kind in HELPERS and one.phone)
    helpers = tuple(filter(None, (", ".join(filter(None, (facts.worker, facts.phone))),)))
    return (signs, helps, (), near, helpers, ())
