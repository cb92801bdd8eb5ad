"""Change named graphs by SPARQL update or as a whole, worked out in a process that can be killed.

Import from the modules: that process loads this package too.
"""
