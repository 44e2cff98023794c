"""Every test here has a home of its own."""

from tests.client.conftest import crm, database, home

__all__ = ["crm", "database", "home"]
