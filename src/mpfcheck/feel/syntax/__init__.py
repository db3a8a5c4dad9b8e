"""Text to tree and back: characters, names, the parser, the tree, FEEL text of a tree."""
