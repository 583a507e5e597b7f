"""Plan: a recipe, its rows and its channels become jobs."""
