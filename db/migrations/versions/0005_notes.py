"""Travel of a contact, the second signature of a note, and the index that finds words in notes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")
UNSIGNED, COSIGN = "signed_at IS NULL", "needs_cosign AND cosigned_at IS NULL"


def words(note: str) -> str:
    """Every word of a note and of what was added to it."""
    parts = (
        "SELECT group_concat(one.value, char(10)) FROM note AS n, json_each(n.parts) AS one"
        " WHERE n.id = {note}"
    )
    added = "SELECT group_concat(a.text, char(10)) FROM addendum AS a WHERE a.note_id = {note}"
    return f"(SELECT coalesce(({parts}), '') || char(10) || coalesce(({added}), ''))".format(note=note)


def keep(note: str) -> str:
    """Put the words of a note in the index, over what stood there."""
    into = "INSERT OR REPLACE INTO note_words (rowid, words) SELECT k.number, {words}"
    return f"{into} FROM note_words_key AS k WHERE k.note_id = {{note}};".format(words=words(note), note=note)


def _trigger(name: str, when: str, *done: str) -> str:
    return f"CREATE TRIGGER note_words_{name} AFTER {when} BEGIN {' '.join(done)} END"


SQLITE = (
    "CREATE TABLE note_words_key (number INTEGER PRIMARY KEY, note_id BLOB NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE note_words USING fts5(words, content='', contentless_delete=1,"
    " tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    _trigger(
        "added", "INSERT ON note", "INSERT INTO note_words_key (note_id) VALUES (new.id);", keep("new.id")
    ),
    _trigger("changed", "UPDATE OF parts ON note", keep("new.id")),
    _trigger("addendum", "INSERT ON addendum", keep("new.note_id")),
    _trigger(
        "removed",
        "DELETE ON note",
        "DELETE FROM note_words WHERE rowid = (SELECT number FROM note_words_key WHERE note_id = old.id);",
        "DELETE FROM note_words_key WHERE note_id = old.id;",
    ),
    "INSERT INTO note_words_key (note_id) SELECT id FROM note",
    "INSERT INTO note_words (rowid, words) SELECT k.number, {words} FROM note_words_key AS k".replace(
        "{words}", words("k.note_id")
    ),
)
"""The index without a copy of the text: SQLite keeps it true itself, whoever writes a note."""

POSTGRESQL = "CREATE INDEX ix_note_words ON note USING gin (to_tsvector('simple', parts::text))"


def upgrade() -> None:
    op.add_column("contact", sa.Column("travel_minutes", sa.Integer(), nullable=True))
    op.add_column("note", sa.Column("needs_cosign", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("note", sa.Column("cosigned_at", INSTANT, nullable=True))
    op.add_column("note", sa.Column("cosigned_by", ID, nullable=True))
    for name, words in (("unsigned", UNSIGNED), ("cosign", COSIGN)):
        some = sa.text(words)
        op.create_index(f"ix_note_{name}", "note", ["created_by"], sqlite_where=some, postgresql_where=some)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL)
        return
    for statement in SQLITE:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_note_words", table_name="note")
    else:
        for name in ("added", "changed", "addendum", "removed"):
            op.execute(f"DROP TRIGGER note_words_{name}")
        op.execute("DROP TABLE note_words")
        op.execute("DROP TABLE note_words_key")
    for name in ("cosign", "unsigned"):
        op.drop_index(f"ix_note_{name}", table_name="note")
    for name in ("cosigned_by", "cosigned_at", "needs_cosign"):
        op.drop_column("note", name)
    op.drop_column("contact", "travel_minutes")
