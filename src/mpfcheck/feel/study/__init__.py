"""What can be learned from an expression: names and fields it reads, what is certain, mutants, plain words."""
