"""Apps of other hands, each a target of its own: what they do is known before the harness judges them."""
