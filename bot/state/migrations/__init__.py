"""How the tables came to be what they are, step by step. Run by Alembic when the state is opened."""
