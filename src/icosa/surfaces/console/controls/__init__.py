"""How properties and fields are edited: which boxes each has, what they send, and what a value looks like in them."""
