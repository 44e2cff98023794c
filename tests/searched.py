"""How many examples a property is searched with, by what one of them costs.  Where a test says nothing it is a hundred."""

from hypothesis import settings

AT_LENGTH = settings(max_examples=500)
"""An example is a call of a function that takes microseconds."""

ON_A_STORE = settings(max_examples=50)
"""Each example writes records and reads them, or makes a whole catalogue."""

AS_A_WHOLE = settings(max_examples=15)
"""Each example imports a file, starts a process or makes databases."""
