"""Of somebody met on a call the month or the year of birth may be told, and no more."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was written before is a day."""
    precision = sa.Column("stated_birth_precision", sa.String(), server_default="", nullable=False)
    op.add_column("encounter", precision)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("encounter") as batch:
        batch.drop_column("stated_birth_precision")
