"""Speed and agreement of mpfcheck against the same rules written by hand, and against other rule engines."""
