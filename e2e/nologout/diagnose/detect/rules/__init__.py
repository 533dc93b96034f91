"""The rules of detection: observations in, findings out. They know no browser."""
