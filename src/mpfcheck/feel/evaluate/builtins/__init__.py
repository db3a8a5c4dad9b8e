"""The built-in functions of FEEL (DMN 1.5, chapter 10.3.4), a module for each family."""
