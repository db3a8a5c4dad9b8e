"""Text a person typed becomes a value of the proposal, or a question back; it is never guessed at."""
