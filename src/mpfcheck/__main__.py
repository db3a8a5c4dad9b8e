"""``python -m mpfcheck``: the command line where the program itself is not on the path."""

from mpfcheck.cli import program

if __name__ == "__main__":
    program()
