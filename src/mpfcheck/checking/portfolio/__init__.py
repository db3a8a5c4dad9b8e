"""Proposals checked together: the portfolio rules of a call, and the values a summary is made of."""
