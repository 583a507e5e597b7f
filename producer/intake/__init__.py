"""Pictures that members send in: looked at, cleaned, entered in both registers."""
