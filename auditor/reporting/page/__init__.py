"""What the page shows, worked out before any markup: plain values for the templates."""
