"""From walked Word paragraphs and tables to blocks."""
