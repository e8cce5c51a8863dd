"""Gongbao: records of work in, a bulletin site by year, half and topic out."""

__version__ = "0.1.0"
