"""Processes that are started as a user starts them, also where `make coverage` looks at what they do."""

import os


def environment() -> dict[str, str]:
    """This process's, less what makes a Python measure itself: that loads modules, and takes time."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
