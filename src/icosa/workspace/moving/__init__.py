"""Whole workspaces: copied between databases, backed up to a file, brought back.  Each is verified."""
