"""A small protected API: who am I, and a list one can add to."""
