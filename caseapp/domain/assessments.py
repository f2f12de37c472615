"""Assessments as data: items, scoring, cut-offs, triggers; the wording of others the agency loads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from caseapp.domain.errors import CaseAppError


class WordingMissing(CaseAppError):
    """The wording of this instrument belongs to others: the agency loads the official one first."""

    code = "assessment.wording-missing"


class NotAnswered(CaseAppError):
    """An item that counts in the score has no answer, which is never taken for zero."""

    code = "assessment.not-answered"


class NoSuchAnswer(CaseAppError):
    code = "assessment.no-such-answer"


class BadDefinition(CaseAppError):
    """A file that defines an assessment lacks something."""

    code = "assessment.bad-definition"


@dataclass(frozen=True, slots=True)
class Item:
    """One question: choices with their values, or free words where there are none."""

    key: str
    words: str
    choices: tuple[tuple[str, str], ...] = ()
    is_scored: bool = True

    @property
    def is_free(self) -> bool:
        return not self.choices


@dataclass(frozen=True, slots=True)
class Level:
    """A band of the score from a number on, or a level that any of some answers makes; gravest first."""

    name: str
    at_least: float | None = None
    any_of: tuple[tuple[str, str], ...] = ()
    needs_safety: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """An assessment as its file says; `source` tells whose it is and under which terms."""

    id: str
    edition: str
    title: str
    source: str
    items: tuple[Item, ...]
    levels: tuple[Level, ...] = ()
    triggers: tuple[tuple[str, str], ...] = ()
    scoring: str = "none"
    is_clinical: bool = False
    is_loaded_by_agency: bool = False
    is_plan: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether every item has its words."""
        return all(one.words for one in self.items)

    def with_words(self, own: Mapping[str, str]) -> "Definition":
        """The definition in the agency's wording; what it does not say stays as shipped."""
        items = (replace(one, words=own.get(one.key, one.words)) for one in self.items)
        return replace(self, items=tuple(items))


@dataclass(frozen=True, slots=True)
class Result:
    """What the answers come to; `safety` are the reasons for which somebody looks at safety at once."""

    score: float | None
    level: str
    safety: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """A stored assessment."""

    id: UUID
    person_id: UUID
    instrument: str
    title: str
    edition: str
    on: date
    by: str
    answers: Mapping[str, str]
    result: Result
    is_clinical: bool


def read_definition(content: Mapping[str, Any]) -> Definition:
    """A definition out of its file; raises BadDefinition."""
    shared = tuple((str(value), str(words)) for value, words in content.get("choices", ()))
    try:
        items = tuple(
            Item(
                key=str(one["key"]),
                words=str(one.get("words", "")),
                choices=tuple((str(v), str(w)) for v, w in one["choices"])
                if "choices" in one
                else (() if one.get("free") else shared),
                is_scored=bool(one.get("scored", not one.get("free", False))),
            )
            for one in content["items"]
        )
        levels = tuple(
            Level(
                name=str(one["name"]),
                at_least=float(one["at_least"]) if "at_least" in one else None,
                any_of=tuple((str(key), str(value)) for key, value in one.get("any_of", ())),
                needs_safety=bool(one.get("safety", False)),
            )
            for one in content.get("levels", ())
        )
        made = Definition(
            id=str(content["id"]),
            edition=str(content["edition"]),
            title=str(content["title"]),
            source=str(content["source"]),
            items=items,
            levels=levels,
            triggers=tuple((str(key), str(value)) for key, value in content.get("triggers", ())),
            scoring=str(content.get("scoring", "none")),
            is_clinical=bool(content.get("clinical", False)),
            is_loaded_by_agency=bool(content.get("wording_of_others", False)),
            is_plan=bool(content.get("plan", False)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadDefinition(what=str(error)) from error
    _check_definition(made)
    return made


def _check_definition(made: Definition) -> None:
    keys = {one.key: {value for value, _words in one.choices} for one in made.items}
    named = (*made.triggers, *(pair for level in made.levels for pair in level.any_of))
    wrong = [key for key, value in named if key not in keys or value not in keys[key]]
    if wrong or len(keys) != len(made.items) or made.scoring not in ("none", "sum", "mean"):
        raise BadDefinition(what=", ".join(wrong) or made.scoring)


def check_answers(definition: Definition, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers as they are kept; raises WordingMissing, NotAnswered or NoSuchAnswer."""
    if not definition.is_ready:
        raise WordingMissing(title=definition.title)
    kept: dict[str, str] = {}
    for item in definition.items:
        value = answers.get(item.key, "").strip()
        if not value and item.is_scored and definition.scoring != "none":
            raise NotAnswered(item=item.words)
        if value and item.choices and value not in {one for one, _words in item.choices}:
            raise NoSuchAnswer(item=item.words)
        if value:
            kept[item.key] = value
    return kept


def score(definition: Definition, answers: Mapping[str, str]) -> Result:
    """The score, its level, and whether safety comes first."""
    counted = [one.key for one in definition.items if one.is_scored and one.key in answers]
    numbers = [float(answers[key]) for key in counted] if definition.scoring != "none" else []
    total: float | None = None
    if numbers:
        total = sum(numbers) if definition.scoring == "sum" else round(sum(numbers) / len(numbers), 2)
    level = next((one for one in definition.levels if _meets(one, total, answers)), None)
    words = {one.key: one.words for one in definition.items}
    safety = tuple(words[key] for key, value in definition.triggers if answers.get(key) == value)
    if level is not None and level.needs_safety:
        safety = (f"{definition.title}: {level.name}", *safety)
    return Result(total, level.name if level else "", safety)


def _meets(level: Level, total: float | None, answers: Mapping[str, str]) -> bool:
    if level.any_of:
        return any(answers.get(key) == value for key, value in level.any_of)
    return level.at_least is None or (total is not None and total >= level.at_least)
