"""Review: what an art director would send back, found on the laid-out pages and on what was painted under words."""
