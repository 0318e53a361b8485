"""PDF: the client's own file with highlights and notes, or a printed report."""
