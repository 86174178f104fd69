"""Kalka as `kalka serve` starts it, in a place nobody asked about: what is measured is no installation."""

import gc
import sys

import django

gc.disable()
django.setup()
gc.enable()

from kalka.cli import serving

if __name__ == "__main__":
    serving.run("127.0.0.1", int(sys.argv[1]), workers=int(sys.argv[2]))
