"""The project around the apps: settings, profiles, URLs, and how the page is served."""
