"""A rule pack tried on its own examples: what its rules say of them, and what the examples never try or notice."""
