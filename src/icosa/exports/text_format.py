"""How a text file is written: what one that is made goes by, and what one that is read was found to go by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How a text file is written, so that rows of it can be given back as they stood: what stands between its cells,
    its encoding, and whether formulas in it are defused (`writers.separated`)."""

    delimiter: str = ","
    encoding: str = "utf-8"
    safe: bool = False
