"""Plugins that come with the product."""
