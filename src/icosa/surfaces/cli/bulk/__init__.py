"""Commands that write many records: plan, apply, import, undo."""
