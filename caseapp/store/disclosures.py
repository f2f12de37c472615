"""What left, to whom, on which basis, with the page itself."""

import hashlib
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

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
        recipient_address: str = "",
        items: tuple[str, ...] = (),
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
        page = DocumentRow(
            id=self._new_id(),
            person_id=person_id,
            kind=kind,
            title=what,
            template=template,
            pdf=pdf,
            sha256=hashlib.sha256(pdf).hexdigest(),
        )
        disclosure_id = self._new_id()
        self._session.add(page)
        self._session.add(
            DisclosureRow(
                id=disclosure_id,
                number=number,
                person_id=person_id,
                at=self._now,
                recipient=recipient,
                recipient_address=recipient_address,
                items=list(items),
                what=what,
                purpose=purpose,
                basis=basis,
                reason=reason,
                consent_id=consent_id,
                document_id=page.id,
                document_sha256=page.sha256,
                emergency={**asdict(emergency), "at": emergency.at.isoformat()} if emergency else {},
            )
        )
        return disclosure_id

    def get(self, disclosure_id: UUID) -> Disclosure:
        """Raises NoSuchRecord."""
        self._get(DisclosureRow, disclosure_id)
        return self._list(_query().where(DisclosureRow.id == disclosure_id))[0]

    def of_person(self, person_id: UUID) -> list[Disclosure]:
        """What left about a person, newest first."""
        query = _query().where(DisclosureRow.person_id == person_id)
        return self._list(query.order_by(DisclosureRow.at.desc(), DisclosureRow.number.desc()))

    def page(self, disclosure_id: UUID) -> bytes:
        """The page as it left; empty where none was kept."""
        query = (
            select(DocumentRow.pdf)
            .join(DisclosureRow, DisclosureRow.document_id == DocumentRow.id)
            .where(DisclosureRow.id == disclosure_id)
        )
        return self._session.scalar(query) or b""

    def _list(self, query: Select[Any, Any]) -> list[Disclosure]:
        return [_to_disclosure(row, name) for row, name in self._session.execute(query)]


def _query() -> Select[Any, Any]:
    return select(DisclosureRow, StaffRow.name).join(StaffRow, StaffRow.id == DisclosureRow.created_by)


def _to_disclosure(row: DisclosureRow, name: str) -> Disclosure:
    facts = dict(row.emergency)
    return Disclosure(
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
        recipient_address=row.recipient_address,
        items=tuple(row.items),
        reason=row.reason,
        emergency=EmergencyFacts(**{**facts, "at": datetime.fromisoformat(facts["at"])}) if facts else None,
    )
