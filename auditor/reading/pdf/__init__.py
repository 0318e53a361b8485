"""PDF files: layout by pdfminer.six, reading order and structure here, pdfium as check and fallback."""

from auditor.reading.pdf.reader import read_pdf

__all__ = ["read_pdf"]
