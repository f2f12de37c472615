"""Two records of one man, and the steps with them that several tests of links take."""

from dataclasses import replace
from datetime import date, timedelta

from caseapp.domain.births import Birth
from caseapp.domain.people import Alert, ContactPoint, PointKind
from tests.builders import a_person


def james_and_jim(worker):
    """James, and what another team wrote of him as Jim with a dog."""
    james = worker.people.add(details=a_person())
    phones = (
        ContactPoint(PointKind.PHONE, "541-555-0142", may_voicemail=True, do_not_mention_us=True),
        ContactPoint(PointKind.PHONE, "541 555 0177"),
    )
    jim = worker.people.add(
        details=a_person(
            "Jim",
            "Okafor",
            birth=Birth(date(1976, 2, 3)),
            points=phones,
            alerts=(Alert("safety", "dog bites"),),
            comes_with="a dog",
        )
    )
    return sorted((james, jim))


def link(worker, left, right):
    worker.links.link(left_id=left, right_id=right, reason="same phone", evidence=("same phone",))


def later(services, **time):
    services.context.now.at += timedelta(**(time or {"seconds": 1}))


def everything(worker, person_id):
    """What the screen shows of a person, whoever it was opened by."""
    one = worker.people.open(person_id=person_id)
    return (
        one.whole,
        one.timeline,
        one.cases,
        one.referrals,
        one.consents,
        one.follow_ups,
        one.calls,
        one.alerts,
    )


def write(worker, person_id, **said):
    """Type something on a record."""
    later(worker)
    person = worker.people.open(person_id=person_id).person
    worker.people.change(person_id=person_id, details=replace(person.details, **said), version=person.version)


def details(worker, person_id):
    return worker.people.open(person_id=person_id).person.details


def bare(said):
    """What a record says without the ids of rows, which are others once a value was moved."""
    points, alerts = (tuple(replace(one, id=None) for one in some) for some in (said.points, said.alerts))
    return replace(said, points=points, alerts=alerts)
