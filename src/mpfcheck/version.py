"""The version of mpfcheck, which reports and exported files name."""

__all__ = ["__version__"]

__version__ = "0.1.0"
