"""Regular expressions as XPath and XML Schema write them: what ``matches``, ``replace`` and ``split`` take.

A matcher of its own, for three reasons: Python's ``re`` knows neither subtraction of classes nor Unicode blocks, it
takes patterns the standard refuses, and nothing can stop it on a pattern such as ``(a+)+$``. This one never tries the
same place of the pattern at the same place of the text twice and accounts for every step.
"""
