"""API keys and sessions: who may come in."""
