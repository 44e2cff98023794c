"""The OpenAPI document: written for a catalogue, and anybody's read to one."""
