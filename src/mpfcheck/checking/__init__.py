"""One proposal against one call: statuses, verdict, what is missing, what would fix it."""
