"""Consents: record with a signature, a scan or a witness; revoke; list."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.consents import AlreadyRevoked, Consent, ConsentDetails, check
from caseapp.domain.errors import CaseAppError
from caseapp.services.context import Service, verb
from caseapp.services.groups import members_of, names_of
from caseapp.store.consents import STROKES

SCAN_LIMIT = 10 * 1024 * 1024
_SCANS = {b"%PDF-": "application/pdf", b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""How a scan begins; it is kept as it is and never shown by this program, only given back."""

Strokes = Sequence[Sequence[tuple[float, float]]]


class ScanNotReadable(CaseAppError):
    code = "consent.scan-not-readable"


class ConsentService(Service):
    """What people allowed."""

    @verb(Right.SEE_CASES)
    def of_person(self, *, person_id: UUID) -> tuple[Consent, ...]:
        """A person's consents, those of the record asked for first; the look is journaled. Raises Sealed."""
        with self._context.write("consent.list") as work:
            self._context.open_person(work, person_id, verb="consent.list")
            people = members_of(self._context, work, person_id)
            found = tuple(one for each in people for one in work.consents.of_person(each))
            work.note("opened", subjects=people)
            work.commit()
        return found

    @verb(Right.SEE_CASES)
    def ending(self, *, within_days: int = 30) -> list[Consent]:
        """Consents in force that end soon, the first to end first; sealed people's left out.

        Recipients and purposes are shown, so that whose they are is journaled as looked at.
        """
        today = self._context.today()
        with self._context.write("consent.ending") as work:
            soon = work.consents.ending(from_on=today, to_on=today + timedelta(days=within_days))
            found = self._context.only_open(work, soon, lambda one: one.person_id)
            people = tuple(dict.fromkeys(one.person_id for one in found))
            names = names_of(self._context, work, people)
            told = [replace(one, person_name=names[one.person_id]) for one in found]
            if told:
                work.note("found", detail={"consents": len(told)}, subjects=people)
                work.commit()
        return told

    @verb(Right.CHANGE_CONSENTS)
    def record(self, *, person_id: UUID, details: ConsentDetails, strokes: Strokes = ()) -> UUID:
        """Write a complete consent, with the signature where it was drawn.

        Raises ConsentIncomplete, naming what is missing, or EndsBeforeItStarts.
        """
        check(details, today=self._context.today())
        with self._context.write("consent.record") as work:
            self._context.open_person(work, person_id, verb="consent.record")
            consent_id = work.consents.add(person_id, details)
            if strokes:
                drawn = json.dumps([[(round(x, 4), round(y, 4)) for x, y in line] for line in strokes])
                consent = work.consents.get(consent_id)
                work.consents.attach(consent, name="signature", media_type=STROKES, content=drawn.encode())
            work.commit()
        return consent_id

    @verb(Right.CHANGE_CONSENTS)
    def attach_scan(self, *, consent_id: UUID, name: str, content: bytes) -> Change:
        """Keep the scan of a signed page; raises ScanNotReadable."""
        kind = next((media for start, media in _SCANS.items() if content.startswith(start)), None)
        if kind is None or len(content) > SCAN_LIMIT:
            raise ScanNotReadable(file=name, limit=SCAN_LIMIT // 1024 // 1024)
        with self._context.write("consent.attach") as work:
            consent = work.consents.get(consent_id)
            self._context.open_person(work, consent.person_id, verb="consent.attach")
            work.consents.attach(consent, name=name, media_type=kind, content=content)
            work.commit()
        return _change(consent)

    @verb(Right.CHANGE_CONSENTS)
    def revoke(self, *, consent_id: UUID, reason: str) -> Change:
        """Write that it holds no more, from now on; raises AlreadyRevoked."""
        with self._context.write("consent.revoke") as work:
            consent = work.consents.get(consent_id)
            self._context.open_person(work, consent.person_id, verb="consent.revoke")
            if consent.revoked_at is not None:
                raise AlreadyRevoked()
            work.consents.revoke(consent, reason=reason)
            work.commit(reason=reason)
        return _change(consent)


def _change(consent: Consent) -> Change:
    return Change(frozenset({Kind.CONSENT}), person_id=consent.person_id, record_id=consent.id)
