"""The browser: finding one, the recorder inside its pages, and tabs."""
