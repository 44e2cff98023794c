"""A workspace's objects as types, for editors and type checkers.

    stub(catalogue, about)                 my_crm.pyi: what every method takes and gives
    module(catalogue, about, address)      my_crm.py: what runs, and knows the address

Both give text, the same for the same catalogue, so that a file can be compared with what it would be now.
"""

from icosa.stubs.layout import MARK
from icosa.stubs.module import module
from icosa.stubs.stub import stub

__all__ = ["MARK", "module", "stub"]
