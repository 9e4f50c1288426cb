"""What all tests share."""

pytest_plugins = ("tests.effort", "tests.left_out")
