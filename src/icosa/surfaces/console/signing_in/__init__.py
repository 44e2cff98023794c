"""Signing in and out: with an API key, or by a one-time link."""
