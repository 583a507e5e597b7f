"""Who may be shown: consent of people, licences of files."""
