"""Runs revisions on the connection that the program hands over."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    transactional_ddl=True,
    transaction_per_migration=False,
    on_version_apply=context.config.attributes.get("told"),
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
