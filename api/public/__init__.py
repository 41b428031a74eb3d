"""Pages that anyone can open, read, print and share: what the chat cites."""
