"""PDF mechanics shared by the reader and the annotator: words with boxes, ruled edges, outline, second text."""
