"""`python -m console`: the console process alone."""

import sys

from console.cli import main

sys.exit(main(["console", *sys.argv[1:]]))
