"""What people are asked: forms as data, read and checked against their call, and typed text made into values."""
