"""The demonstration in four sizes: one network of a thousand to a million people, made in bulk and from a seed."""

from lms.demo.sizes.load import is_there, load_size
from lms.demo.sizes.shape import SIZES

__all__ = ["SIZES", "is_there", "load_size"]
