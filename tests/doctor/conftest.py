"""The shell, the server and the home of tests/cli."""

from tests.cli.conftest import home, on_server, server, shell

__all__ = ["home", "on_server", "server", "shell"]
