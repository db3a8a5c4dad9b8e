"""The budget of a draft as a table of another program: written as a workbook, read from workbooks and pasted text."""
