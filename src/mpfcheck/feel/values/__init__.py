"""The values of FEEL: what they are, how they compare and are calculated with, how they are read and written."""
