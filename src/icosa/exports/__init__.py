"""Records to files: tables in every format, whole or not there."""
