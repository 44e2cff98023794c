"""A request made a plan before any database is touched, and what a store found made an answer."""
