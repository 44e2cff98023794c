"""How a request reaches a workspace, blocking and awaited; and steps, which say what to send."""
