"""What can be said of an expression before any proposal is seen: types, and mistakes with a hint for each."""
