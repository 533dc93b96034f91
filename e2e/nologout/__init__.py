"""nologout shows in a real browser that a web app keeps its users signed in, or names the cause."""

__version__ = "0.1.0"
