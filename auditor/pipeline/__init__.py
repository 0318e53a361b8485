"""The only place that knows the order of the stages, where inputs come from, and what a run remembers."""
