"""How a request is sent so that it is done, and done once: trying again, settling what got lost, keeping pace."""
