"""Chains as pages: made step by step beside the items of the step before, kept as files, run, and what came of it."""
