"""What is compared and listed of each person, in one row; and the search keys of this edition."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")


def upgrade() -> None:
    """Add the table; whoever signs in first fills it, with the keys."""
    op.create_table(
        "person_facts",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_person_facts"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("person_facts")
