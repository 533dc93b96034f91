"""An app that refreshes again as soon as a refresh has failed, for whatever reason, for ever."""
