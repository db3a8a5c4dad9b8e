"""The rules of a call for other programs, in the open standards they read: DMN and CCCEV."""
