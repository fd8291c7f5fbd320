"""Papers and boards as other programs want them: a module for each format."""
