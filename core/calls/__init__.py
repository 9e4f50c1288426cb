"""What stands behind the calls of an account, part by part, each checked for its right."""
