"""What the team should look at again: certifications that end, records and offers to check, dead links."""
