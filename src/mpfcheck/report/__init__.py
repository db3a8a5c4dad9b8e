"""Reports as bytes for people and programs: one module a format, each fed one report at a time."""
