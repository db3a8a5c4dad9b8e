"""The report as one HTML file: no scripts, nothing loaded, to read, print and pass on."""

from mpfcheck.report.as_html.reporter import HtmlReporter

__all__ = ["HtmlReporter"]
