"""Reads what an extract for another system holds, and writes that it left."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from caseapp.domain.disclosures import Basis
from caseapp.domain.referrals import Step
from caseapp.store.disclosures import DisclosureStore
from caseapp.store.repository import Repository
from caseapp.store.tables.cases import CaseFileRow
from caseapp.store.tables.directory import ServiceRow
from caseapp.store.tables.referrals import DisclosureRow, ReferralRow, ReferralStepRow

HMIS_PURPOSE = "shared homeless management records"


class ExtractStore(Repository):
    """Reads across nouns for exports that name people."""

    def people_enrolled(self, from_on: date, to_on: date) -> list[UUID]:
        """People with a case open on any day of the period."""
        query = (
            select(CaseFileRow.person_id)
            .where(CaseFileRow.opened_on <= to_on)
            .where(or_(CaseFileRow.closed_on.is_(None), CaseFileRow.closed_on >= from_on))
            .distinct()
            .order_by(CaseFileRow.person_id)
        )
        return list(self._session.scalars(query))

    def people_referred(self, from_on: date, to_on: date) -> list[UUID]:
        """People to whom a referral was offered in the period."""
        query = (
            select(ReferralRow.person_id)
            .join(ReferralStepRow, ReferralStepRow.referral_id == ReferralRow.id)
            .where(ReferralStepRow.step == Step.OFFERED, ReferralStepRow.on.between(from_on, to_on))
            .distinct()
            .order_by(ReferralRow.person_id)
        )
        return list(self._session.scalars(query))

    def categories(self, person_id: UUID) -> dict[str, str]:
        """Referral id in hex -> the kind of service it went to."""
        query = (
            select(ReferralRow.id, ServiceRow.lists)
            .join(ServiceRow, ServiceRow.id == ReferralRow.service_id)
            .where(ReferralRow.person_id == person_id)
        )
        return {
            referral_id.hex: first
            for referral_id, lists in self._session.execute(query)
            for first in lists.get("service_category", ())[:1]
        }

    def add_disclosure(
        self,
        person_id: UUID,
        consent_id: UUID,
        *,
        recipient: str,
        what: str,
        purpose: str = HMIS_PURPOSE,
    ) -> None:
        """Write that records of somebody left by consent, in the account of disclosures."""
        number = DisclosureStore(self._session, self._now).next_number(self._now.year)
        self._session.add(
            DisclosureRow(
                id=self._new_id(),
                number=number,
                person_id=person_id,
                at=self._now,
                recipient=recipient,
                recipient_address="",
                what=what,
                items=[],
                purpose=purpose,
                basis=Basis.CONSENT,
                reason="",
                consent_id=consent_id,
                document_id=None,
                document_sha256="",
                emergency={},
            )
        )
        self._session.flush()
