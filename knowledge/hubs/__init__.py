"""What a hub's team publishes of it, and what follows from that: when it is open, whether someone is there."""
