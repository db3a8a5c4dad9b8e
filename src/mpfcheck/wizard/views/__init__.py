"""What stands in the middle of the work: pages, items, the task list, the review and the result."""
