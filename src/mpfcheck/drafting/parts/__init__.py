"""The part of one applicant: what belongs to it, the file a partner fills in, and the way back into the draft."""
