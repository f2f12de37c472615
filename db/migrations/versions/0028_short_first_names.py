"""“Al J Smith” is found by Al, and “Van My Vo” by Van: the word before another first name is one too."""

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table; whoever signs in first writes keys and rows again."""


def downgrade() -> None:
    """Change no table; an older edition finds what it wrote and writes its own."""
