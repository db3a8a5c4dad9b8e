"""mpfcheck as a service over HTTP: what programs in other languages call. It keeps nothing of what it is sent."""
