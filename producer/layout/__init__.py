"""Layout: a scene's elements get absolute places."""
