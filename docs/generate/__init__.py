"""The parts of the documentation that are made from the source, and the site made of all of it."""
