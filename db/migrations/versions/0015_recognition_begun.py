"""What a search over all records had compared when it was stopped, for the next one to go on from."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")


def upgrade() -> None:
    """Add the table; no search was kept before."""
    op.create_table(
        "recognition_begun",
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recognition_begun"),
    )


def downgrade() -> None:
    """Take it away: the next search begins anew."""
    op.drop_table("recognition_begun")
