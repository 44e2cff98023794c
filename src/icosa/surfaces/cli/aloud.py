"""What is logged, on standard error."""

import logging

from icosa.surfaces.cli.terminal import remark


class Aloud(logging.Handler):
    """Says each line as the shell says all that stands beside the data: above a bar, and without what a terminal obeys."""

    def emit(self, record: logging.LogRecord) -> None:
        remark(f"{record.levelname.lower()}: {record.getMessage()}")
