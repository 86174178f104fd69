"""What may be said, asked and answered, in which order. Pure."""
