"""Appointments: what the person wishes, the date that a counsellor confirms, its calendar file."""
