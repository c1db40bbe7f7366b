"""What Alembic runs to migrate: on the connection that it is given, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from sitegen.forms.inbox.tables import inbox, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=inbox.name,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
