"""Run an action: found by typing, filled in as a form, looked at before, run, and copied as the same call elsewhere."""
