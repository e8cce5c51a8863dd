"""A built site served to a browser, as ``make bench`` serves it."""

from speed.serving import served as served
