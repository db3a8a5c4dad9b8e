"""What the program asks an applicant about their files: one description for every front end."""
