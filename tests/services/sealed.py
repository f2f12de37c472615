"""Somebody whose record is restricted, and everything that speaks of them."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.calls import CallNote, SafetyCheck
from caseapp.domain.cases import Goal
from caseapp.domain.contacts import Channel, NoteText
from caseapp.domain.people import Alert, LinkKind
from caseapp.domain.referrals import LadderStep, Method, Proof, Step
from caseapp.domain.relations import Relation
from caseapp.domain.shorthand import When
from tests.builders import NOW, TODAY, a_call, a_consent, a_contact, a_person, an_encounter

WORD = "Zzyzxplant"


@dataclass(frozen=True)
class Planted:
    """The ids of everything that speaks of the sealed person, and of somebody linked with them."""

    person: UUID
    relative: UUID
    call: UUID
    encounter: UUID
    case: UUID
    follow_up: UUID
    owner: UUID
    referral: UUID
    reply_code: str
    consent: UUID
    contact: UUID


def plant(worker):
    person = worker.people.add(
        details=a_person(
            WORD, WORD, is_restricted=True, description=WORD, alerts=(Alert("safety", WORD),), comes_with=WORD
        )
    )
    relative = worker.people.add(
        details=a_person("Ana", "Reyes", relations=(Relation("sister", WORD, WORD, person, WORD),))
    )
    with worker.context.write("person.link") as work:
        # An older edition linked two records of which one names the other.
        work.links.add(person, relative, kind=LinkKind.SAME, reason="same person after all", evidence=[])
        work.commit()
    call = worker.calls.add(call=spoken_of_call())
    met = an_encounter(WORD, what_was_done=WORD, how_to_find=WORD, outcome=WORD)
    encounter = worker.encounters.add(call_id=call, details=met, person_id=person)
    goals = (Goal("housing", WORD),)
    case = worker.cases.open_case(person_id=person, opened_from="call", goals=goals).id
    when = When(TODAY)
    follow_up = worker.follow_ups.schedule(person_id=person, what=WORD, channel=Channel.PHONE, when=when)
    referral = worker.referrals.offer(
        person_id=person, need=WORD, method=Method.SELF, place=WORD, why_now=WORD
    )
    for step in (Step.ACCEPTED_BY_PERSON, Step.SENT):
        taken = LadderStep(step, TODAY, Proof.PERSON_SAID, note=WORD)
        referral = worker.referrals.take_step(referral_id=referral.id, taken=taken, version=referral.version)
    consent = worker.consents.record(person_id=person, details=a_consent(recipients=(WORD,), purpose=WORD))
    both = a_contact(person, relative, note=NoteText(parts={"Note": WORD}))
    contact = worker.contacts.log(details=both).contact_id
    worker.drafts.keep(form="contact", person_id=person, content={"when": WORD})
    return Planted(
        person,
        relative,
        call,
        encounter,
        case,
        follow_up,
        worker.context.actor.staff_id,
        referral.id,
        referral.reply_code,
        consent,
        contact,
    )


def spoken_of_call():
    """A call whose every free text speaks of the person."""
    return a_call(
        received_at=NOW,
        notes=(CallNote(f"{WORD} is at the door"),),
        dispatch_note=WORD,
        eligible="no",
        eligible_reason=WORD,
        safety_checks=(SafetyCheck(NOW, "A2", note=WORD),),
    )
