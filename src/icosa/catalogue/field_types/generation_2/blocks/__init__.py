"""A text as Markdown and as the blocks of the BlockNote editor: each made of the other."""
