"""How it is said over REST: routes, bodies, envelopes, faults."""
