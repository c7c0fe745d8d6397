"""Open Badges 3.0: certificates as signed credentials that anyone can check, and checking those of others."""
