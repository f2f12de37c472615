"""What a short form says over what is on record: what the form does not show stays as it was."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from caseapp.domain.people import (
    EMERGENCY_CONTACT,
    MAIL,
    ContactPoint,
    PersonDetails,
    PersonPlace,
    PointKind,
    Relation,
    emergency_contact,
    mail_place,
    main_phone,
)

T = TypeVar("T")


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


def places(before: PersonDetails, place: str, mail: str) -> tuple[PersonPlace, ...]:
    """The first place and the address for mail are the form's."""
    found = [one for one in before.places if one.kind != MAIL]
    safe = [one for one in before.places if one.kind == MAIL]
    if not found or found[0].text != place:
        found[:1] = [PersonPlace("usually-found", place)] if place else []
    if ", ".join(mail_place(before).splitlines()) != mail:
        safe[:1] = [PersonPlace(MAIL, mail)] if mail else []
    return (*found, *safe)


def relations(before: PersonDetails, name: str, phone: str) -> tuple[Relation, ...]:
    """The first emergency contact without a record of their own is the form's; a note stays with the name."""
    shown = emergency_contact(before)
    if not name:
        return tuple(one for one in before.relations if one is not shown)
    if shown is None:
        return (Relation(EMERGENCY_CONTACT, name, phone), *before.relations)
    said = replace(shown, name=name, phone=phone, note=shown.note if name == shown.name else "")
    return _in_place_of(shown, said, before.relations)


def _in_place_of(shown: T, said: T, among: Sequence[T]) -> tuple[T, ...]:
    return tuple(said if one is shown else one for one in among)
