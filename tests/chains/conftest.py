"""Every test here has a home of its own, and an empty workspace where it asks for one."""

from tests.client.conftest import crm, database, home

__all__ = ["crm", "database", "home"]
