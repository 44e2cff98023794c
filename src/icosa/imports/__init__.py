"""Files to plans: rows are read, columns find their fields, and what people write becomes what the wire has."""
