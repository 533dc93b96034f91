"""An app whose tokens are in sessionStorage: each tab has its own, and one that it opens gets copies."""
