"""What a short form says over what is on record: what the form does not show stays as it was."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from caseapp.domain.errors import CaseAppError
from caseapp.domain.one_person import same_relation
from caseapp.domain.people import (
    MAIL,
    ContactPoint,
    PersonDetails,
    PersonPlace,
    PointKind,
    emergency_contact,
    main_phone,
)
from caseapp.domain.relations import EMERGENCY_CONTACT, Relation, check_relation

T = TypeVar("T")


class NamedAlready(CaseAppError):
    """The very same is said of the person already."""

    code = "person.relative-named-already"


def points(
    before: PersonDetails, phone: str, *, may_voicemail: bool, do_not_mention_us: bool
) -> tuple[ContactPoint, ...]:
    """The first phone is the form's; it keeps whose it is and whether it may get texts."""
    shown = main_phone(before)
    others = tuple(one for one in before.points if one is not shown)
    if not phone:
        return others
    said = ContactPoint(
        PointKind.PHONE, phone, may_voicemail=may_voicemail, do_not_mention_us=do_not_mention_us
    )
    if shown is not None:
        said = replace(said, owner=shown.owner, may_text=shown.may_text)
    return (said, *others)


def places(before: PersonDetails, place: str, mail: str, *, today: date) -> tuple[PersonPlace, ...]:
    """The first place and the address for mail that were not left are the form's; the rest stays as it is."""
    here = before.places_on(today)
    found = next((one for one in here if one.kind != MAIL), None)
    safe = next((one for one in here if one.kind == MAIL), None)
    after = before.places
    if place != (found.text if found else ""):
        after = _put(found, PersonPlace("usually-found", place) if place else None, after)
    if mail != (", ".join(safe.text.splitlines()) if safe else ""):
        after = _put(safe, PersonPlace(MAIL, mail) if mail else None, after)
    return after


def relations(before: PersonDetails, name: str, phone: str) -> tuple[Relation, ...]:
    """The first emergency contact without a record of their own is the form's; a note stays with the name.

    Raises RelativeNameMissing.
    """
    shown = emergency_contact(before)
    if not name and not phone:
        return tuple(one for one in before.relations if one is not shown)
    said = check_relation(Relation(EMERGENCY_CONTACT, name, phone))
    if shown is None:
        return (said, *before.relations)
    said = replace(said, note=shown.note if said.name == shown.name else "")
    return _in_place_of(shown, said, before.relations)


def check_new(said: Relation, among: Iterable[Relation]) -> None:
    """Raise NamedAlready where nothing is said that does not stand there."""
    if same_relation(said) in map(same_relation, among):
        raise NamedAlready()


def _put(shown: T | None, said: T | None, among: tuple[T, ...]) -> tuple[T, ...]:
    """Among these what is said now in place of what was shown; either may be nothing."""
    if said is None:
        return tuple(one for one in among if one is not shown)
    return (said, *among) if shown is None else _in_place_of(shown, said, among)


def _in_place_of(shown: T, said: T, among: Sequence[T]) -> tuple[T, ...]:
    return tuple(said if one is shown else one for one in among)
