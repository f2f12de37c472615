"""Four tables that no edition wrote to are gone: relations tell a household, and keys a place."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    op.drop_index("ix_place_spelling_place_id", table_name="place_spelling")
    for table in ("place_spelling", "contact_staff", "household_member", "household"):
        op.drop_table(table)


def downgrade() -> None:
    """Give an older edition its tables again, empty as they were."""
    _id_table(
        "household",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_referring("household", created_by="staff", changed_by="staff"),
    )
    _pair_table("household_member", household_id="household", person_id="person")
    op.add_column("household_member", sa.Column("part", sa.String(), nullable=False))
    _pair_table("contact_staff", contact_id="contact", staff_id="staff")
    _id_table(
        "place_spelling",
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        *_referring("place_spelling", place_id="place"),
        sa.UniqueConstraint("text", "city", name="uq_place_spelling_text_city"),
    )
    op.create_index("ix_place_spelling_place_id", "place_spelling", ["place_id"])


def _id_table(table: str, *parts: sa.schema.SchemaItem) -> None:
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(table, sa.Column("id", ID, nullable=False), *parts, key)


def _pair_table(table: str, **targets: str) -> None:
    key = sa.PrimaryKeyConstraint(*targets, name=f"pk_{table}")
    op.create_table(table, *_referring(table, **targets), key)


def _referring(table: str, **targets: str) -> list[sa.schema.SchemaItem]:
    """A column for each target table, with the reference that is checked at the commit."""
    columns = [sa.Column(name, ID, nullable=False) for name in targets]
    references = [
        sa.ForeignKeyConstraint(
            [name],
            [f"{target}.id"],
            name=f"fk_{table}_{name}_{target}",
            initially="DEFERRED",
            deferrable=True,
        )
        for name, target in targets.items()
    ]
    return [*columns, *references]
