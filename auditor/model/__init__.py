"""Frozen data that the stages exchange; standard library only."""
