"""Learning from use: messages that may have been misread, labelled by counsellors, and their export."""
