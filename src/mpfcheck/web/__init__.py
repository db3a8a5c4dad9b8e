"""The front end in a browser, on this computer only: pages of plain HTML forms, every task without a script."""
