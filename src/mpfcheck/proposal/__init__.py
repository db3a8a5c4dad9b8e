"""What an applicant says: the proposal's models, money, codes, JSON Pointers and published schema."""
