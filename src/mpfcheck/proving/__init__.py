"""What is certain whatever else is answered: a call's conditions as constraints for a solver (extra ``prove``)."""
