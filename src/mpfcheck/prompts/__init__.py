"""The plain front end: questions line by line, for screen readers, simple terminals and scripts."""
