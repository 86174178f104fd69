"""Django's backend for PostgreSQL, telling the server in each transaction who is asking (`kalka.core.sight`)."""
