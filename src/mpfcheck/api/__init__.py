"""mpfcheck for Python programs: what they call, and the reports they get."""
