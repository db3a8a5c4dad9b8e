"""The meaning of an expression: the reference evaluator, the built-in functions, regular expressions."""
