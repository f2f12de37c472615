"""What left, to whom, on which basis, with the page itself."""

import hashlib
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import func, select

from caseapp.domain.disclosures import Basis, Disclosure, EmergencyFacts
from caseapp.store.repository import Repository
from caseapp.store.tables.referrals import DisclosureRow, DocumentRow
from caseapp.store.tables.staff import StaffRow


class DisclosureStore(Repository):
    """Reads and writes the accounting of disclosures."""

    def next_number(self, year: int) -> str:
        """The number that the next disclosure carries; it is printed on the page itself."""
        query = select(func.max(DisclosureRow.number)).where(DisclosureRow.number.like(f"{year}-%"))
        newest = self._session.scalar(query)
        return f"{year}-{int(newest.split('-')[1]) + 1 if newest else 1:05d}"

    def add(
        self,
        *,
        number: str,
        person_id: UUID,
        recipient: str,
        what: str,
        purpose: str,
        basis: Basis,
        reason: str,
        consent_id: UUID | None,
        pdf: bytes,
        kind: str,
        template: str,
        emergency: EmergencyFacts | None,
    ) -> UUID:
        """Write a disclosure and keep the page that left."""
        document_id, disclosure_id = self._new_id(), self._new_id()
        digest = hashlib.sha256(pdf).hexdigest()
        self._session.add(
            DocumentRow(
                id=document_id,
                person_id=person_id,
                kind=kind,
                title=what,
                template=template,
                pdf=pdf,
                sha256=digest,
            )
        )
        facts = asdict(emergency) if emergency else {}
        if emergency:
            facts["at"] = emergency.at.isoformat()
        self._session.add(
            DisclosureRow(
                id=disclosure_id,
                number=number,
                person_id=person_id,
                at=self._now,
                recipient=recipient,
                recipient_address="",
                items=[],
                what=what,
                purpose=purpose,
                basis=basis,
                reason=reason,
                consent_id=consent_id,
                document_id=document_id,
                document_sha256=digest,
                emergency=facts,
            )
        )
        return disclosure_id

    def of_person(self, person_id: UUID) -> list[Disclosure]:
        """What left about a person, newest first."""
        query = (
            select(DisclosureRow, StaffRow.name)
            .join(StaffRow, StaffRow.id == DisclosureRow.created_by)
            .where(DisclosureRow.person_id == person_id)
            .order_by(DisclosureRow.at.desc())
        )
        return [
            Disclosure(
                id=row.id,
                number=row.number,
                person_id=row.person_id,
                at=row.at,
                recipient=row.recipient,
                what=row.what,
                purpose=row.purpose,
                basis=row.basis,
                by=name,
                consent_id=row.consent_id,
                document_sha256=row.document_sha256,
            )
            for row, name in self._session.execute(query)
        ]
