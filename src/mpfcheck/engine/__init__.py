"""From terms and a document to a checked proposal: one way for the command line, Python, HTTP and the front ends."""
