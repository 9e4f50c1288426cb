"""Files that go to, and come from, servers that the central system names."""
