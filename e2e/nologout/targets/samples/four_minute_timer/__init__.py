"""An app that refreshes when it starts and every four minutes, whatever happens, and at no other time."""
