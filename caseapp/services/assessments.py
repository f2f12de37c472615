"""Assessments: asked by their definitions, scored, and where safety comes first, a step that is seen."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from uuid import UUID

from caseapp.domain.access import Right, has_right
from caseapp.domain.assessments import (
    Assessment,
    Definition,
    Result,
    check_answers,
    read_definition,
    score,
)
from caseapp.domain.changes import Change, Kind
from caseapp.domain.contacts import Channel
from caseapp.domain.errors import NoSuchRecord
from caseapp.domain.notes import cleaned
from caseapp.domain.timeline import TimelineEntry, TimelineKind
from caseapp.services.context import Context, Service, verb
from caseapp.services.groups import members_of, open_case
from caseapp.store.assessments import Stored
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import paths

_KINDS = frozenset({Kind.CASE, Kind.FOLLOW_UP})
SAFETY_STEP = "Safety first: look at the safety plan together"
REVIEW_AFTER = timedelta(days=30)
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an assessment came to."""

    assessment_id: UUID
    result: Result
    change: Change


class AssessmentService(Service):
    """Assessments and safety plans."""

    @verb(Right.SEE_CASES)
    def definitions(self) -> list[Definition]:
        """What the actor's role may ask, or load the wording of, each in the agency's wording."""
        loads = has_right(self._context.actor.role, Right.CHANGE_AGENCY)
        with self._context.read("assessment.definitions") as work:
            return [_worded(work, one) for one in shipped() if loads or _may_see(self._context, one)]

    @verb(Right.CHANGE_AGENCY)
    def load_wording(self, *, instrument: str, words: Mapping[str, str]) -> Change:
        """Keep the official wording that the agency may use, item by item; an empty text takes it away."""
        known = {item.key for item in _of(instrument).items}
        with self._context.write("assessment.load-wording") as work:
            for key, text in words.items():
                if key in known:
                    work.forms.put(instrument, LANGUAGE, key, cleaned(text).strip())
            work.commit()
        return Change(frozenset({Kind.AGENCY}))

    @verb(Right.LOG_CONTACTS)
    def record(self, *, person_id: UUID, instrument: str, answers: Mapping[str, str]) -> Recorded:
        """Write the answers; where they call for safety first, a step for today is planned with them.

        Raises WordingMissing, NotAnswered, NoSuchAnswer, Sealed, or NotAllowed for a clinical one.
        """
        definition = _of(instrument)
        if definition.is_clinical:
            self._context.allow(Right.SEE_CLINICAL, verb="assessment.record")
        today = self._context.today()
        with self._context.write("assessment.record") as work:
            self._context.open_person(work, person_id, verb="assessment.record")
            worded = _worded(work, definition)
            kept = check_answers(worded, {key: cleaned(text) for key, text in answers.items()})
            if definition.is_plan:
                made = work.assessments.add_plan(
                    person_id=person_id, on=today, steps=kept, review_on=today + REVIEW_AFTER
                )
                work.commit()
                return Recorded(made, Result(None, "", ()), Change(_KINDS, person_id=person_id))
            result = score(worded, kept)
            case = open_case(self._context, work, person_id)
            made = work.assessments.add(
                person_id=person_id,
                case_id=case.id if case else None,
                instrument=instrument,
                edition=definition.edition,
                on=today,
                answers=kept,
                score=result.score,
            )
            if result.safety:
                self._plan_safety(work, person_id, case.id if case else None)
            work.commit()
        return Recorded(made, result, Change(_KINDS, person_id=person_id, record_id=made))

    @verb(Right.SEE_CASES)
    def of_person(self, *, person_id: UUID) -> list[Assessment]:
        """A person's assessments that the actor's role and scope reach, newest first; raises Sealed.

        A safety plan is everybody's: whoever answers the next call needs it. The look is journaled.
        """
        with self._context.write("assessment.list") as work:
            self._context.open_person(work, person_id, verb="assessment.list")
            people = members_of(self._context, work, person_id)
            found = assessments_of(self._context, work, people)
            work.note("opened", subjects=people)
            work.commit()
        return found

    def _plan_safety(self, work: UnitOfWork, person_id: UUID, case_id: UUID | None) -> None:
        work.follow_ups.add(
            person_id=person_id,
            what=SAFETY_STEP,
            channel=Channel.VISIT,
            due_on=self._context.today(),
            due_at=None,
            owner_id=self._context.actor.staff_id,
            case_id=case_id,
        )


def assessments_of(context: Context, work: UnitOfWork, people: Sequence[UUID]) -> list[Assessment]:
    """Assessments of the records of a person that the actor's role and scope reach, newest first."""
    stored = [one for each in people for one in work.assessments.of_person(each)]
    plans = [plan for each in people if (plan := work.assessments.plan_of(each)) is not None]
    beyond = context.beyond(work, (one[7] for one in stored))
    seen = {made.id for made in shipped() if _may_see(context, made)}
    newest_first = sorted((*stored, *plans), key=lambda one: (one[4], one[0]), reverse=True)
    return [_read(work, one) for one in newest_first if one[2] in seen and one[7] not in beyond]


def as_entries(found: Sequence[Assessment]) -> list[TimelineEntry]:
    """The same as lines of a person's story: what was asked, and what it came to."""
    return [
        TimelineEntry(
            kind=TimelineKind.ASSESSMENT,
            at=datetime.combine(one.on, time(12), UTC),
            has_time=False,
            title=one.title,
            text=_came_to(one.result),
            chip="safety first" if one.result.safety else "",
            tone="danger" if one.result.safety else "neutral",
            by=one.by,
            record_id=one.id,
            is_clinical=one.is_clinical,
            origins=(one.person_id,),
        )
        for one in found
    ]


def _came_to(result: Result) -> str:
    score = f"Score {result.score:g}" if result.score is not None else ""
    return ", ".join(filter(None, (score, result.level)))


def _read(work: UnitOfWork, one: Stored) -> Assessment:
    id_, person_id, instrument, edition, on, by, answers, _case_id = one
    definition = _worded(work, _of(instrument))
    return Assessment(
        id=id_,
        person_id=person_id,
        instrument=instrument,
        title=definition.title,
        edition=edition,
        on=on,
        by=by,
        answers=answers,
        result=score(definition, answers),
        is_clinical=definition.is_clinical,
    )


def _worded(work: UnitOfWork, definition: Definition) -> Definition:
    return definition.with_words(work.forms.own(definition.id, LANGUAGE))


def _may_see(context: Context, definition: Definition) -> bool:
    return not definition.is_clinical or has_right(context.actor.role, Right.SEE_CLINICAL)


@cache
def shipped() -> tuple[Definition, ...]:
    """Every definition in the folder; adding an assessment is adding a file."""
    folder = paths.resource("forms", "assessments")
    return tuple(
        read_definition(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in sorted(folder.glob("*.toml"))
    )


def _of(instrument: str) -> Definition:
    """Raises NoSuchRecord."""
    found = next((one for one in shipped() if one.id == instrument), None)
    if found is None:
        raise NoSuchRecord()
    return found
