"""The wizard in a terminal: screens over a session and its draft file. Only who opens it pays for its imports."""
