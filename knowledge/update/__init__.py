"""Fetching the official files from where they are published."""
