"""The ways in and out: the dialogue engine, the pages, and the outside world."""
