"""What counsellors have at hand beside a case: what to propose, what to correct, sentences ready to send."""
