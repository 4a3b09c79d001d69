"""The product's settings with one address more: see `api_urls`. For the benchmark's server alone."""

from megler.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.api_urls"
