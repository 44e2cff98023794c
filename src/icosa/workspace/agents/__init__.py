"""How agents ask: the Model Context Protocol, by POST, whose tools are the actions of the workspace."""
