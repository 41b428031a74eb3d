"""What is true: certifications, jobs, places, hubs and notices. Knows nothing of chat."""
