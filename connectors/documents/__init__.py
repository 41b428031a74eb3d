"""Documents a person can keep: the action plan as a page to print, and as portable data."""
