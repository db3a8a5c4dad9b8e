"""Many proposals seen together: what is known of all of them that is known of none alone."""
