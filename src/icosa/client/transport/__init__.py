"""How a request reaches a workspace, blocking and awaited; and flows, which say what to send."""
