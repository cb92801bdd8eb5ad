"""Answer strangers' SPARQL queries in processes of their own that can be killed at any moment.

Import from the modules: the query process loads this package too, and every module it does not need
makes each fork dearer.
"""
