"""An app that keeps its access token in a variable, and its refresh token in an HttpOnly cookie."""
