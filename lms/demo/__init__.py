"""The demonstration: a network with six organizations, an account of each role, and people on their way."""

from lms.demo.load import DemoRefused, load_demo

__all__ = ["DemoRefused", "load_demo"]
