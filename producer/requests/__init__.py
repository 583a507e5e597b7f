"""What staff ask for: forms made from templates, drafts, previews, and the files that come of them. No web in it."""
