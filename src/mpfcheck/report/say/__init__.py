"""What reports say, once for all formats: functions that yield the blocks of a report in their order."""
