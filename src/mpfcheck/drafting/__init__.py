"""One applicant's work on one proposal: the session, which knows no screen, and drafts on disk."""
