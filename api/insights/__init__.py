"""What the territory asks for: facts of use without personal data, and the figures made of them."""
