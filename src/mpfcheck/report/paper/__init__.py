"""Documents to read and sign on paper: blocks as PDF, Word, HTML and Markdown, by one model of the page."""
