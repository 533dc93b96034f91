"""The OpenAPI description of the API, and the collection of requests that is made from it; `make docs` writes both.

The description is written for the profiles `family` and `cookie`, the collection for `family` alone.

Only `config.settings.openapi` asks for any of this: a server runs without drf-spectacular.
"""
