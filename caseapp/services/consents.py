"""Consents: record, revoke, list."""

from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.consents import AlreadyRevoked, Consent, ConsentDetails, check
from caseapp.services.context import Service, verb
from caseapp.services.groups import members_of


class ConsentService(Service):
    """What people allowed."""

    @verb(Right.SEE_CASES)
    def of_person(self, *, person_id: UUID) -> tuple[Consent, ...]:
        """A person's consents, those of the record asked for first; raises Sealed."""
        with self._context.read("consent.list") as work:
            self._context.open_person(work, person_id, verb="consent.list")
            people = members_of(self._context, work, person_id)
            return tuple(one for each in people for one in work.consents.of_person(each))

    @verb(Right.CHANGE_CONSENTS)
    def record(self, *, person_id: UUID, details: ConsentDetails) -> UUID:
        """Write a complete consent; raises ConsentIncomplete, naming what is missing."""
        check(details)
        with self._context.write("consent.record") as work:
            self._context.open_person(work, person_id, verb="consent.record")
            consent_id = work.consents.add(person_id, details)
            work.commit()
        return consent_id

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
        return Change(frozenset({Kind.CONSENT}), person_id=consent.person_id, record_id=consent_id)
