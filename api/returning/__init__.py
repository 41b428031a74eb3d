"""Coming back to a conversation by a link received by e-mail."""
