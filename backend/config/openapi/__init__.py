"""The OpenAPI description of the API, and the collection of requests that is made from it; `make docs` writes both.

Only `config.settings.openapi` asks for any of this: a server runs without drf-spectacular.
"""
