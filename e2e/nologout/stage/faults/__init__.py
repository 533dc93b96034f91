"""Faults, a file each: each puts one effect in force and names an independent witness of it."""
