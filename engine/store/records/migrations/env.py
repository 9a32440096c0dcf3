"""Alembic runs the migrations on the connection that the store hands it, inside the store's transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
