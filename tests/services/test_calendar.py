"""The calendar's page, what is proposed for an absence, and the file that leaves without names."""

from datetime import time, timedelta

import icalendar
import pytest

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.consents import ConsentKind, InformationKind
from caseapp.domain.contacts import Channel
from caseapp.domain.shorthand import When
from caseapp.services.desk import Services
from tests.builders import TODAY, a_consent, a_person, journaled, services_as

LAST = TODAY + timedelta(days=30)


@pytest.fixture
def person_id(worker):
    made = worker.people.add(details=a_person())
    worker.cases.open_case(person_id=made, opened_from="call")
    worker.follow_ups.schedule(
        person_id=made, what="Ride to detox", channel=Channel.PHONE, when=When(TODAY, time(14))
    )
    return made


def summaries(content):
    return [str(one["SUMMARY"]) for one in icalendar.Calendar.from_ical(content).walk("VEVENT")]


def consent(worker, person_id, **changes):
    values = {
        "kind": ConsentKind.RELEASE,
        "recipients": ("Riverside calendar",),
        "purpose": "visits",
        "information": frozenset({InformationKind.IDENTITY, InformationKind.CARE}),
        "expires_on": LAST,
    }
    return worker.consents.record(person_id=person_id, details=a_consent(**{**values, **changes}))


class TestFile:
    def test_names_nobody_and_says_nothing_of_them(self, worker, person_id):
        content = worker.calendar.export(first=TODAY, last=LAST)
        [summary] = summaries(content)
        assert summary.startswith("Follow-up, case ")
        for word in (b"Okafor", b"James", b"detox", b"555"):
            assert word not in content
        assert journaled(worker, person_id)[0].kind == "exported"

    def test_names_those_whose_consent_names_the_recipient_and_accounts_for_it(self, worker, person_id):
        assert (
            "Okafor"
            not in summaries(worker.calendar.export(first=TODAY, last=LAST, recipient="Riverside calendar"))[
                0
            ]
        )
        consent(worker, person_id)
        assert (
            "Okafor"
            not in summaries(worker.calendar.export(first=TODAY, last=LAST, recipient="Somebody else"))[0]
        )
        assert worker.papers.disclosures(person_id=person_id) == []
        named = worker.calendar.export(first=TODAY, last=LAST, recipient="Riverside calendar")
        assert summaries(named) == ["James Okafor: Ride to detox"]
        assert len(worker.papers.disclosures(person_id=person_id)) == 1

    def test_accounts_once_for_somebody_with_two_records(self, worker, person_id):
        jim = worker.people.add(details=a_person("Jim", "Okafor", points=()))
        worker.follow_ups.schedule(person_id=jim, what="Letter", channel=Channel.VISIT, when=When(TODAY))
        worker.links.link(left_id=person_id, right_id=jim, reason="one and the same")
        consent(worker, jim)
        named = worker.calendar.export(first=TODAY, last=LAST, recipient="Riverside calendar")
        assert all("Okafor: " in one for one in summaries(named)) and len(summaries(named)) == 2
        assert len(worker.papers.disclosures(person_id=person_id)) == 1

    def test_names_nobody_by_a_consent_that_covers_less(self, worker, person_id):
        consent(worker, person_id, information=frozenset({InformationKind.IDENTITY}))
        named = worker.calendar.export(first=TODAY, last=LAST, recipient="Riverside calendar")
        assert "Okafor" not in summaries(named)[0]

    def test_keeps_its_ids_counts_changes_and_says_what_was_cancelled(self, worker, person_id):
        [one] = worker.follow_ups.planned(person_id=person_id)
        before = icalendar.Calendar.from_ical(worker.calendar.export(first=TODAY, last=LAST))
        worker.follow_ups.cancel(follow_up_id=one.id, reason="moved away")
        after = icalendar.Calendar.from_ical(worker.calendar.export(first=TODAY, last=LAST))
        [first], [second] = before.walk("VEVENT"), after.walk("VEVENT")
        assert first["UID"] == second["UID"] and second["SEQUENCE"] > first["SEQUENCE"]
        assert (first["STATUS"], second["STATUS"]) == ("CONFIRMED", "CANCELLED")
        assert first.decoded("DTSTART") == one.due_at

    def test_is_of_the_actor_alone_and_leaves_out_the_restricted(self, worker, signed_in, person_id):
        other = services_as(signed_in, Role.SOCIAL_WORKER)
        assert summaries(other.calendar.export(first=TODAY, last=LAST)) == []
        with pytest.raises(NotAllowed):
            services_as(signed_in, Role.AUDITOR).calendar.export(first=TODAY, last=LAST)


class TestPage:
    def test_counts_what_is_due_and_late_for_each_worker(self, worker, signed_in, person_id):
        other: Services = services_as(signed_in, Role.PEER_SPECIALIST)
        page = other.calendar.page(first=TODAY, last=LAST)
        loads = {load.staff_id: (load.due, load.late) for load in page.loads}
        assert loads[worker.context.actor.staff_id] == (1, 0) and loads[other.context.actor.staff_id] == (
            0,
            0,
        )
        assert sum(load.due for load in page.loads) == len(page.rows) == 1
        assert other.calendar.page(first=TODAY, last=LAST, only_mine=True).rows == ()
