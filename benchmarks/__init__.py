"""How fast Megler prices, side by side with what else one could use: `python -m benchmarks`."""
