"""Commands as they are typed, on a station in this process."""
