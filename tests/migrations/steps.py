"""Takes a file's or a server's schema back to an older one, as an edition before left it."""

from alembic import command
from alembic.config import Config

from caseapp.system.paths import database_assets


def go_down(connection, revision):
    """Run the downgrades down to a revision, in the transaction that the caller began."""
    config = Config()
    config.set_main_option("script_location", str(database_assets("migrations")))
    config.attributes["connection"] = connection
    command.downgrade(config, revision)
