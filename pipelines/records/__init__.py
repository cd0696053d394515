"""What people enter: kept for ever, never edited, each link of the chain carrying the hash of the one before."""
