"""Drafts on disk: saved after every answer, whole at any moment, never overwritten without a word."""
