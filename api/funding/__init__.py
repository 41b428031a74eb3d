"""HTTP for funding."""
