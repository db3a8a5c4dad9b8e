"""The command line. Exit codes live only here."""
