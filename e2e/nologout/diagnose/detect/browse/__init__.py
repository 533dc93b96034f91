"""The hands of detection: they use the app in a browser, behind a proxy that reads along."""
