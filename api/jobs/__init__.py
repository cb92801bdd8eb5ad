"""Change the dataset beside the requests: loads as jobs, one at a time, in a process of its own."""
