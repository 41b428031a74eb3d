"""What the application tells people outside it: mails and signed web requests, kept until they are delivered."""
