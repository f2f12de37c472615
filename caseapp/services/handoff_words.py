"""The words of a handoff, out of what is on record and may leave."""

from dataclasses import dataclass
from datetime import date, datetime

from caseapp.documents import handoff
from caseapp.domain.births import Precision, age_words, birth_words
from caseapp.domain.calls import Call
from caseapp.domain.consents import Consent
from caseapp.domain.day_words import day_words, long_day, minute_words, short_day, spoken_time
from caseapp.domain.disclosures import Ruling
from caseapp.domain.encounters import Encounter
from caseapp.domain.forms import Texts
from caseapp.domain.people import MAIL, Person, PointKind
from caseapp.domain.referrals import Referral, show_reply_code
from caseapp.domain.staff import Agency
from caseapp.services import paper_words as words

CALLED, REACH, WHY, SCENE, RISK, DONE, SUBSTANCE = (
    "person",
    "reach",
    "why",
    "scene",
    "risk",
    "done",
    "substance-use",
)

LEFT_OUT = "left out"
"""What stands where something is recorded and may not leave; an empty text says that nothing is recorded."""


@dataclass(frozen=True, slots=True)
class HandoffFacts:
    """Everything the page is made from, read in one transaction."""

    texts: Texts
    """For the words of codes; the page is in English."""
    agency: Agency
    referral: Referral
    person: Person
    latest: tuple[Encounter, Call] | None
    consents: tuple[Consent, ...]
    case_number: str
    next_steps: tuple[tuple[str, str, str], ...]


class HandoffWriter:
    """Turns facts into the words of the page, leaving out what may not leave."""

    def __init__(self, facts: HandoffFacts, ruling: Ruling, today: date, now: datetime) -> None:
        self._facts, self._ruling, self._today, self._now = facts, ruling, today, now
        self._allowed = {item.key for item in ruling.allowed}
        self._says_referral = not facts.referral.is_substance_use or SUBSTANCE in self._allowed

    def data(self, to: str, number: str, by: str) -> handoff.HandoffData:
        """The page for its recipient, under the number of its disclosure; `by` is who prints it."""
        agency, referral = self._facts.agency, self._facts.referral
        return handoff.HandoffData(
            agency=agency.name,
            agency_line=words.agency_line(agency),
            agency_phone=agency.phone,
            to_name=to,
            to_whom=referral.accepted_by if self._says_referral else "",
            reply_code=show_reply_code(referral.reply_code),
            person=self._person(),
            why_now=self._why(),
            at_the_scene=self._scene() if SCENE in self._allowed else LEFT_OUT,
            risk_and_help=self._risk() if RISK in self._allowed else LEFT_OUT,
            done=self._done() if DONE in self._allowed else LEFT_OUT,
            open_items=self._open() if DONE in self._allowed else LEFT_OUT,
            next_appointment=self._appointment() if self._says_referral else LEFT_OUT,
            accepted_by=referral.accepted_by if self._says_referral else LEFT_OUT,
            consent=self._consent_words(),
            notice=words.part2_notice(agency) if self._ruling.needs_notice else "",
            consent_copy=self._consent_copy(),
            held_back=self._held_back(),
            foot=self._foot(number, by),
        )

    def _person(self) -> tuple[tuple[str, str], ...]:
        person = self._facts.person
        details = person.details
        known = CALLED in self._allowed
        called = ", ".join(filter(None, (person.display_name, details.pronouns, self._born())))
        interpreter = "interpreter needed" if details.interpreter_needed else "no interpreter"
        spoken = self._facts.texts.words("language", details.languages)
        language = f"{spoken}, {interpreter}" if spoken else ""
        return (
            ("Called", called if known else LEFT_OUT),
            ("Language", language if known else LEFT_OUT),
            ("How to find", self._reach() if REACH in self._allowed else LEFT_OUT),
            ("Comes with", details.comes_with if known else LEFT_OUT),
        )

    def _born(self) -> str:
        birth = self._facts.person.details.birth
        if birth is None:
            return ""
        is_day = birth.precision is Precision.DAY
        return f"born {birth_words(birth)}" if is_day else f"{age_words(birth, self._today)} years old"

    def _reach(self) -> str:
        details = self._facts.person.details
        places = [
            f"{place.text}{', ' if place.note else ''}{place.note}"
            for place in details.places_on(self._today)
            if place.kind != MAIL
        ]
        phones = [
            f"{point.with_owner}: "
            f"{'do not mention this service' if point.do_not_mention_us else point.may_words}"
            for point in details.points
            if point.kind is PointKind.PHONE
        ]
        return ". ".join([*places[:2], *phones[:2]])

    def _why(self) -> str:
        """The referral's own words; those of one for substance use say what it is for, whatever they name."""
        referral = self._facts.referral
        if WHY not in self._allowed or not self._says_referral:
            return LEFT_OUT
        need = f"Needs: {referral.need}." if referral.need else ""
        return " ".join(filter(None, (referral.why_now, need)))

    def _scene(self) -> str:
        if self._facts.latest is None:
            return ""
        encounter, call = self._facts.latest
        texts = self._facts.texts
        local = call.received_at.astimezone(self._now.tzinfo)
        units = ", ".join(
            f"{one.call_sign} ({texts.within('response_model', one.model.value)})" for one in call.responses
        )
        facts = (
            f"Call {call.number}, {call.type_text.lower()}, {minute_words(local)}"
            f"{f', at {call.place}' if call.place else ''}",
            f"Responders: {units}" if units else "",
            encounter.details.what_was_done,
            texts.word("scene_outcome", encounter.details.outcome),
        )
        return ". ".join(fact.rstrip(".") for fact in facts if fact) + "."

    def _risk(self) -> str:
        live = self._facts.person.details.alerts_on(self._today)
        word = self._facts.texts.word
        return " ".join(f"{word('alert_kind', one.kind)}: {one.text.rstrip('.')}." for one in live)

    def _open(self) -> tuple[handoff.Open, ...]:
        return tuple(handoff.Open(*step) for step in self._facts.next_steps)

    def _done(self) -> tuple[handoff.Done, ...] | str:
        """The steps of this referral, which say with it what it is for."""
        if not self._says_referral:
            return LEFT_OUT
        texts = self._facts.texts
        return tuple(
            handoff.Done(
                day=short_day(step.on),
                what=": ".join(
                    filter(None, ("Referral", texts.within("referral_step", step.step.value), step.note))
                ),
                who=step.by,
                known_from=texts.word("referral_proof", step.proof.value),
            )
            for step in self._facts.referral.steps
        )

    def _appointment(self) -> str:
        at = self._facts.referral.appointment_at
        if at is None:
            return ""
        local = at.astimezone(self._now.tzinfo)
        return f"{long_day(local, with_year=True)}, {spoken_time(local)}"

    def _consent(self) -> Consent | None:
        return next((one for one in self._facts.consents if one.id == self._ruling.consent_id), None)

    def _consent_words(self) -> str:
        consent = self._consent()
        if consent is None:
            return self._ruling.words
        kinds = words.kinds(self._facts.texts, consent)
        purpose = consent.details.purpose
        return f"{self._ruling.words} It covers: {kinds}. Purpose: {purpose}. Copy on the last page."

    def _consent_copy(self) -> tuple[tuple[str, str], ...]:
        consent = self._consent()
        if consent is None:
            return ()
        details = consent.details
        ends = day_words(details.expires_on) if details.expires_on else details.expiry_event
        how = self._facts.texts.within("signature_kind", details.signature.value)
        signed = f"{day_words(details.signed_on)}, {how}" if details.signed_on else ""
        return (
            ("Person", self._facts.person.display_name if CALLED in self._allowed else LEFT_OUT),
            ("May disclose", details.discloser or self._facts.agency.name),
            ("May receive", ", ".join(details.recipients)),
            ("What", words.kinds(self._facts.texts, consent)),
            ("Purpose", details.purpose),
            ("Ends", ends),
            ("Signed", signed or f"verbal, witnessed by {details.witness}"),
            (
                "To revoke",
                "The person may revoke it in writing at any time, except for what has left already.",
            ),
        )

    def _held_back(self) -> str:
        names = ", ".join(item.title.lower() for item in self._ruling.held_back)
        return f"Left out, because no consent covers it: {names}." if names else ""

    def _foot(self, number: str, by: str) -> str:
        whom = self._facts.person.details if CALLED in self._allowed else None
        about = words.about(self._facts.texts, whom, self._facts.case_number)
        return f"{about}    Printed {minute_words(self._now)} by {by}, disclosure {number}".strip()
