"""Files of TOML that people write, recipes and chains: read within bounds, and all that is wrong with one said at once."""
