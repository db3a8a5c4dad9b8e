"""Expressions as Python code: the fast path for answered proposals."""
