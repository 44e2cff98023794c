"""The records of an object in lanes, one for each choice of a field."""
