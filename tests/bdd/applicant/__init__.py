"""An applicant at work, through whatever front end: what the features of the wizard do and see."""
