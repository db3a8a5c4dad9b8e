"""The screens: the start page, the work on a draft, and what is laid over them."""
