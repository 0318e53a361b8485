"""Word: the client's own file with comments and tracked changes, or a findings report."""
