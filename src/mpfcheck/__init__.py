"""Eligibility checker for calls of the Migration Partnership Facility."""

__version__ = "0.1.0"
