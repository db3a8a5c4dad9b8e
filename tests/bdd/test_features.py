"""Every feature in ``features/`` holds: none can be forgotten, for all are collected."""

from pytest_bdd import scenarios

scenarios(".")
