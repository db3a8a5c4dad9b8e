"""Bytes to proposals: JSON, JSON Lines, folders and standard input, with positions and limits."""
