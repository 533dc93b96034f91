"""An app that sends its first access token as `Bearer`, and all that come from a refresh as `JWT`."""
