"""What happened, as data: histories, verdicts, what a scenario is called, and who listens."""
