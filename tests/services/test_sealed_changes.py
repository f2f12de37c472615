"""Nothing is changed around the seal of a restricted person, by any verb."""

from dataclasses import replace
from inspect import signature

import pytest

from caseapp.domain.access import RIGHTS, Role, Sealed
from caseapp.domain.cases import Goal
from caseapp.domain.changes import Change
from caseapp.domain.contacts import Channel
from caseapp.domain.disclosures import Basis, Ground
from caseapp.domain.encounters import Encounter, StatedIdentity
from caseapp.domain.papers import Asked, PaperKind
from caseapp.domain.recurrence import Every, Recurrence
from caseapp.domain.referrals import LadderStep, Method, Proof, Step
from caseapp.domain.relations import Relation
from caseapp.domain.screening import Sheet
from caseapp.domain.shorthand import When
from caseapp.services.cases import NewCase
from caseapp.services.follow_ups import Move
from caseapp.services.follow_ups_done import Done
from caseapp.services.relations import Rewritten
from caseapp.services.relations import Step as Rewriting
from tests import builders
from tests.builders import TODAY, a_call, a_consent, a_contact, a_person, an_encounter
from tests.services.sealed import WORD, plant
from tests.services.verbs import CHANGING, VERBS

BO = Relation("sister", "Bo")

CHANGES = {
    "links.link": lambda one: {"left_id": one.relative, "right_id": one.person, "reason": "x"},
    "links.unlink": lambda one: {"left_id": one.relative, "right_id": one.person},
    "links.undo_unlink": lambda one: {"left_id": one.relative, "right_id": one.person},
    "links.parting": lambda one: {"left_id": one.relative, "right_id": one.person},
    "links.identify_as_new": lambda one: {"person_id": one.person, "details": a_person()},
    "links.judge_different": lambda one: {"left_id": one.relative, "right_id": one.person, "reason": "x"},
    "recognition.put_off": lambda one: {"left_id": one.relative, "right_id": one.person},
    "recognition.shown": lambda one: {"left_id": one.relative, "right_id": one.person},
    "encounters.add": lambda one: {
        "call_id": one.call,
        "details": an_encounter("Kim"),
        "person_id": one.person,
    },
    "encounters.change": lambda one: {
        "read": Encounter(one.encounter, 1, one.call, one.person, an_encounter()),
        "details": an_encounter(),
    },
    "calls.change": lambda one: {"call": replace(a_call(), id=one.call, version=1)},
    "calls.change_units": lambda one: {"call_id": one.call, "responses": (), "version": 1},
    "calls.screen": lambda one: {"call_id": one.call, "sheet": Sheet(), "version": 1},
    "triage.hand_over": lambda one: {"encounter_id": one.encounter},
    "triage.dismiss": lambda one: {"encounter_id": one.encounter},
    "triage.take": lambda one: {"encounter_id": one.encounter},
    "triage.merge": lambda one: {"encounter_id": one.encounter},
    "encounters.unlink": lambda one: {"encounter_id": one.encounter, "person_id": one.person},
    "encounters.candidates": lambda one: {"encounter_id": one.encounter},
    "encounters.say_who": lambda one: {
        "encounter_id": one.encounter,
        "before": StatedIdentity(),
        "said": StatedIdentity(name="x"),
    },
    "triage.decline": lambda one: {"encounter_id": one.encounter, "reason": "x"},
    "cases.add_goal": lambda one: {"case_id": one.case, "goal": Goal("housing", "x")},
    "cases.leave_team": lambda one: {"case_id": one.case, "staff_id": one.person},
    "cases.reopen": lambda one: {"case_id": one.case, "reason": "x", "version": 1},
    "cases.open_episode": lambda one: {"new": NewCase(one.person, "self", one.person)},
    "cases.assign": lambda one: {"case_id": one.case, "staff_id": one.person, "is_primary": True},
    "cases.close": lambda one: {"case_id": one.case, "reason": "x", "outcome": "y", "version": 1},
    "contacts.change": lambda one: {
        "contact_id": one.contact,
        "details": a_contact(one.relative),
        "version": 1,
    },
    "assessments.record": lambda one: {"person_id": one.person, "instrument": "well-being", "answers": {}},
    "notes.sign": lambda one: {"contact_id": one.contact},
    "notes.add_addendum": lambda one: {"contact_id": one.contact, "text": "x"},
    "follow_ups.move": lambda one: {"follow_up_id": one.follow_up, "when": When(TODAY), "version": 1},
    "follow_ups.cancel": lambda one: {"follow_up_id": one.follow_up, "reason": "x"},
    "follow_ups.move_all": lambda one: {"moves": (Move(one.follow_up, 1, When(TODAY)),)},
    "follow_ups.repeat": lambda one: {
        "person_id": one.person,
        "what": "x",
        "channel": Channel.PHONE,
        "when": When(TODAY),
        "recurrence": Recurrence(Every.DAY, 2),
    },
    "follow_ups.take_back": lambda one: {
        "done": Done(Change(frozenset()), after=((one.follow_up, 1),)),
    },
    "protocols.start": lambda one: {"code": "first-contact", "person_id": one.person},
    "referrals.take_step": lambda one: {
        "referral_id": one.referral,
        "taken": LadderStep(Step.CLOSED, TODAY, Proof.PERSON_SAID),
        "version": 3,
    },
    "consents.revoke": lambda one: {"consent_id": one.consent, "reason": "x"},
    "consents.attach_scan": lambda one: {"consent_id": one.consent, "name": "x", "content": b"%PDF-1"},
    "papers.revocation_letter": lambda one: {"consent_id": one.consent},
    "papers.appointment_card": lambda one: {"referral_id": one.referral},
    "people.change": lambda one: {"person_id": one.person, "details": a_person(), "version": 1},
    "relations.add": lambda one: {"person_id": one.person, "relation": BO},
    "relations.change": lambda one: {"person_id": one.person, "before": BO, "after": BO},
    "relations.remove": lambda one: {"person_id": one.person, "relation": BO},
    "relations.take_back": lambda one: {
        "person_id": one.person,
        "done": Rewritten(Change(frozenset()), (Rewriting(one.person, None, BO, 0),)),
    },
    "cases.open_case": lambda one: {"person_id": one.person, "opened_from": "call"},
    "contacts.log": lambda one: {"details": a_contact(one.person)},
    "contacts.same_as_last": lambda one: {"person_id": one.person},
    "notes.cosign": lambda one: {"contact_id": one.contact},
    "notes.print": lambda one: {"person_id": one.person},
    "drafts.get": lambda one: {"form": "contact", "person_id": one.person},
    "follow_ups.reword": lambda one: {
        "follow_up_id": one.follow_up,
        "what": "x",
        "channel": Channel.PHONE,
        "version": 1,
    },
    "follow_ups.schedule": lambda one: {
        "person_id": one.person,
        "what": "x",
        "channel": Channel.PHONE,
        "when": When(TODAY),
    },
    "referrals.offer": lambda one: {
        "person_id": one.person,
        "need": "x",
        "method": Method.SELF,
        "place": "y",
    },
    "consents.record": lambda one: {"person_id": one.person, "details": a_consent()},
    "handoff.preview": lambda one: {"referral_id": one.referral},
    "handoff.print": lambda one: {"referral_id": one.referral},
    "person_papers.preview": lambda one: {"asked": face_sheet(one)},
    "person_papers.print": lambda one: {"asked": face_sheet(one)},
    "papers.release": lambda one: {"person_id": one.person},
    "papers.accounting": lambda one: {"person_id": one.person},
    "triage.assign": lambda one: {"encounter_id": one.encounter, "staff_id": one.owner},
    "transfers.transfer": lambda one: {"case_ids": (one.case,), "to_id": one.owner, "reason": "x"},
}
"""What would change the planted person, or let something about them leave."""

BESIDE = {
    "calls.add_note": "adds to a narrative that stays withheld",
    "calls.add_safety_check": "whether a crew is safe is written whoever was met",
    "drafts.keep": "the actor's own words",
    "drafts.drop": "the actor's own words",
    "encounters.link": "asked below with somebody else who was met",
    "encounters.link_new": "makes somebody of a meeting with nobody",
    "cases.change_goal": "asked below with the goal",
    "protocols.stop": "asked below with the run",
    "papers.emergency_record": "asked in test_way_out with a disclosure",
    "letters.check": "leaves out whoever may not be opened, tested in test_person_papers",
    "letters.print": "leaves out whoever may not be opened, tested in test_person_papers",
}
"""Verbs on records that are not asked here, each with its reason."""

_OF_RECORDS = {
    *("person_id", "person_ids", "left_id", "encounter_id", "call_id", "call", "case_id", "case_ids"),
    *(
        "goal_id",
        "contact_id",
        "follow_up_id",
        "run_id",
        "referral_id",
        "consent_id",
        "disclosure_id",
        "asked",
    ),
}
"""Parameters that say which record a verb changes."""


@pytest.fixture
def planted(worker):
    return plant(worker)


def face_sheet(one):
    return Asked(PaperKind.FACE_SHEET, one.person, recipient=WORD, ground=Ground(Basis.CONSENT))


def shut_out(signed_in, right):
    """Somebody who holds the right and is not named on the record."""
    role = Role.SOCIAL_WORKER if right in RIGHTS[Role.SOCIAL_WORKER] else Role.ADMINISTRATOR
    return builders.services_as(signed_in, role)


def test_every_verb_on_a_record_is_asked():
    """A new verb must stand here before it can go around a seal."""
    on_records = {
        f"{service}.{name}"
        for service, name, method in VERBS
        if method.right in CHANGING and _OF_RECORDS & set(signature(method).parameters)
    }
    assert on_records <= set(CHANGES) | set(BESIDE) | {"calls.add"}
    assert not set(CHANGES) & set(BESIDE)


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_is_changed_around_the_seal(signed_in, planted, name):
    service, verb = name.split(".")
    right = next(method.right for *named, method in VERBS if named == [service, verb])
    with pytest.raises(Sealed):
        getattr(getattr(shut_out(signed_in, right), service), verb)(**CHANGES[name](planted))


def test_nor_by_a_goal_a_protocol_or_a_meeting_that_is_made_theirs(signed_in, worker, planted):
    goal = worker.cases.open(case_id=planted.case).case.goals[0]
    worker.protocols.start(code="first-contact", person_id=planted.person)
    run = next(one.run_id for one in worker.follow_ups.planned(person_id=planted.person) if one.run_id)
    other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
    with pytest.raises(Sealed):
        other.cases.change_goal(goal_id=goal.id, status=goal.status)
    with pytest.raises(Sealed):
        other.protocols.stop(run_id=run, reason="x")
    met = worker.encounters.add(call_id=planted.call, details=an_encounter("Kim"))
    with pytest.raises(Sealed):
        other.encounters.link(encounter_id=met, person_id=planted.person)
