"""The station's own software as signed packages: looked through, written beside what runs, tried, kept."""
