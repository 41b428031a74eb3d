"""What a French message means: one intent and the facts it carries."""
