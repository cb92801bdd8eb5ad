"""Requests and answers shown in the description of the interface, each run by a test."""
