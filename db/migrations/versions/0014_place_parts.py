"""Places are kept by the keys of this edition, which read the parts of a place with a name as the place."""

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table; whoever signs in first writes the keys of places again."""


def downgrade() -> None:
    """Change no table; an older edition finds what it wrote and writes its own."""
