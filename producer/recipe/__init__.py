"""Load: YAML files become a recipe, templates and a brand; the only package that knows YAML."""
