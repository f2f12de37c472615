"""The agency's own words in printed forms."""

from sqlalchemy import select

from caseapp.store.repository import Repository
from caseapp.store.tables.staff import FormTextRow


class FormStore(Repository):
    """Reads and writes texts over the shipped ones."""

    def own(self, form: str, language: str) -> dict[str, str]:
        """Name -> text of what the agency says in its own words."""
        query = select(FormTextRow.name, FormTextRow.text).where(
            FormTextRow.form == form, FormTextRow.language == language
        )
        return {row.name: row.text for row in self._session.execute(query)}

    def put(self, form: str, language: str, name: str, text: str) -> None:
        """Write a text; an empty one lets the shipped one stand again."""
        query = select(FormTextRow).where(
            FormTextRow.form == form, FormTextRow.language == language, FormTextRow.name == name
        )
        row = self._session.scalars(query).first()
        if row is not None and text:
            row.text = text
        elif row is not None:
            self._session.delete(row)
        elif text:
            self._session.add(
                FormTextRow(id=self._new_id(), form=form, language=language, name=name, text=text)
            )
