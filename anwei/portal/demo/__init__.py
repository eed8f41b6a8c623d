"""The demonstration district: structure, plan and a year of work, entered through the same actions as every day's work."""

from anwei.portal.demo.build import build_demo

__all__ = ["build_demo"]
