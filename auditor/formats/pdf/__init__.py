"""PDF mechanics for reader and annotator: words with boxes, ruled edges, outline, second text."""
