"""What a scenario plays on: a browser, a fault proxy, clocks, a server, and the faults."""
