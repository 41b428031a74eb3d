"""Hubs: the record that a team publishes of its own, who is there, the directory of partners."""
