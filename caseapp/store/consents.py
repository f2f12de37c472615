"""Consents with their recipients and kinds of information."""

import hashlib
from datetime import date
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.consents import Consent, ConsentDetails, InformationKind
from caseapp.store.repository import Repository
from caseapp.store.tables.referrals import (
    AttachmentRow,
    ConsentInformationRow,
    ConsentRecipientRow,
    ConsentRow,
)

STROKES = "application/vnd.caseapp.strokes+json"
"""A signature as lines; no reader of pictures is ever asked."""


class ConsentStore(Repository):
    """Reads and writes consents."""

    def add(self, person_id: UUID, details: ConsentDetails) -> UUID:
        """Write a complete consent."""
        consent_id = self._new_id()
        self._session.add(
            ConsentRow(
                id=consent_id,
                person_id=person_id,
                kind=details.kind,
                purpose=details.purpose,
                starts_on=details.starts_on,
                expires_on=details.expires_on,
                expiry_event=details.expiry_event,
                discloser=details.discloser,
                signed_on=details.signed_on,
                signature=details.signature,
                witness=details.witness,
                right_to_revoke_told=details.right_to_revoke_told,
                is_for_treatment=details.is_for_treatment,
                redisclosure_told=details.redisclosure_told,
                refusal_told=details.refusal_told,
                signer=details.signer,
                signer_name=details.signer_name,
                copy_given=details.copy_given,
                revoked_reason="",
            )
        )
        for position, name in enumerate(details.recipients):
            self._session.add(
                ConsentRecipientRow(id=self._new_id(), consent_id=consent_id, position=position, name=name)
            )
        for kind in sorted(details.information, key=lambda one: one.value):
            self._session.add(ConsentInformationRow(id=self._new_id(), consent_id=consent_id, kind=kind))
        return consent_id

    def get(self, consent_id: UUID) -> Consent:
        """Raises NoSuchRecord."""
        return self._many([self._get(ConsentRow, consent_id)])[0]

    def of_person(self, person_id: UUID) -> tuple[Consent, ...]:
        """A person's consents, newest first."""
        query = (
            select(ConsentRow)
            .where(ConsentRow.person_id == person_id)
            .order_by(ConsentRow.starts_on.desc(), ConsentRow.id)
        )
        return tuple(self._many(list(self._session.scalars(query))))

    def ending(self, *, from_on: date, to_on: date) -> list[Consent]:
        """Consents in force that end within these days."""
        query = (
            select(ConsentRow)
            .where(ConsentRow.expires_on.between(from_on, to_on), ConsentRow.revoked_at.is_(None))
            .order_by(ConsentRow.expires_on)
        )
        return self._many(list(self._session.scalars(query)))

    def attach(self, consent: Consent, *, name: str, media_type: str, content: bytes) -> None:
        """Keep a signature or a scan with a consent."""
        self._session.add(
            AttachmentRow(
                id=self._new_id(),
                person_id=consent.person_id,
                consent_id=consent.id,
                name=name,
                media_type=media_type,
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
            )
        )

    def attachments(self, consent_id: UUID) -> list[tuple[str, str, bytes]]:
        """Name, media type and content of what is kept with a consent, the oldest first."""
        query = (
            select(AttachmentRow.name, AttachmentRow.media_type, AttachmentRow.content)
            .where(AttachmentRow.consent_id == consent_id)
            .order_by(AttachmentRow.id)
        )
        return [(row.name, row.media_type, row.content) for row in self._session.execute(query)]

    def signature(self, consent_id: UUID) -> bytes:
        """The strokes that were drawn; empty where none were."""
        found = [content for _name, kind, content in self.attachments(consent_id) if kind == STROKES]
        return found[-1] if found else b""

    def revoke(self, consent: Consent, *, reason: str) -> None:
        """Write that it no longer holds; raises StaleRecord."""
        row = self._get(ConsentRow, consent.id, version=consent.version)
        row.revoked_at, row.revoked_reason = self._now, reason

    def _many(self, rows: list[ConsentRow]) -> list[Consent]:
        ids = [row.id for row in rows]
        recipients: dict[UUID, list[str]] = {}
        named = (
            select(ConsentRecipientRow)
            .where(ConsentRecipientRow.consent_id.in_(ids))
            .order_by(ConsentRecipientRow.position)
        )
        for one in self._session.scalars(named):
            recipients.setdefault(one.consent_id, []).append(one.name)
        kinds: dict[UUID, set[InformationKind]] = {}
        for kind in self._session.scalars(
            select(ConsentInformationRow).where(ConsentInformationRow.consent_id.in_(ids))
        ):
            kinds.setdefault(kind.consent_id, set()).add(kind.kind)
        return [
            _to_consent(row, tuple(recipients.get(row.id, ())), frozenset(kinds.get(row.id, ())))
            for row in rows
        ]


def _to_consent(
    row: ConsentRow, recipients: tuple[str, ...], information: frozenset[InformationKind]
) -> Consent:
    details = ConsentDetails(
        kind=row.kind,
        recipients=recipients,
        purpose=row.purpose,
        information=information,
        starts_on=row.starts_on,
        expires_on=row.expires_on,
        expiry_event=row.expiry_event,
        discloser=row.discloser,
        signed_on=row.signed_on,
        signature=row.signature,
        witness=row.witness,
        right_to_revoke_told=row.right_to_revoke_told,
        is_for_treatment=row.is_for_treatment,
        redisclosure_told=row.redisclosure_told,
        refusal_told=row.refusal_told,
        signer=row.signer,
        signer_name=row.signer_name,
        copy_given=row.copy_given,
    )
    return Consent(
        id=row.id,
        version=row.version,
        person_id=row.person_id,
        details=details,
        revoked_at=row.revoked_at,
        revoked_reason=row.revoked_reason,
    )
