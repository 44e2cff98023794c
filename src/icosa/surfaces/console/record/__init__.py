"""One record: what is known of it, edited in place, what hangs on it, and what happened to it."""
