"""A workspace in every test suite: its time and its faults are in the test's hands.

`icosa.testing` is the front of what is here.  This file holds nothing, because pytest loads `plugin` in every
project that Icosa is installed beside.
"""
