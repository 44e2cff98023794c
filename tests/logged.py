"""Every line of every logger, at any level, as a test hears it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @property
    def lines(self) -> list[str]:
        """Whole lines, tracebacks included."""
        return [f"{each.name} {each.levelname} {self.format(each)}" for each in self.records]

    def of(self, name: str, level: str = "") -> list[str]:
        """The messages of a logger and those below it."""
        return [each.getMessage() for each in self.records if each.name.startswith(name) and level in ("", each.levelname)]


@contextmanager
def everything_logged() -> Iterator[Heard]:
    """What all loggers say until the end of the block."""
    heard = Heard()
    with listening(heard):
        yield heard


@contextmanager
def listening(handler: logging.Handler) -> Iterator[None]:
    """A handler that hears all loggers until the end of the block."""
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
