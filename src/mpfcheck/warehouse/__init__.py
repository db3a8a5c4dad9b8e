"""Many proposals as a table: written through the reader, judged by an embedded engine with SQL made from the rules."""
