"""The ten fictional carriers: what each sells, how it prices and how it underwrites.

They differ as carriers do: one is cheap for the young, another for tobacco, a third for the heavy.
"""
