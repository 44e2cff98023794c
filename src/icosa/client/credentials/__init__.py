"""Which workspace is meant, and with which key: addresses, keys, and where both are kept."""
