"""What Alembic runs for every step. The connection, in a transaction, comes from `bot/state/migrate.py`."""

from alembic import context

from bot.state.database import migration_options
from bot.state.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, **migration_options(connection))
with context.begin_transaction():
    context.run_migrations()
