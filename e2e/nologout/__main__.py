"""`python -m nologout` is `nologout`."""

from nologout.cli import main

if __name__ == "__main__":
    main()
