"""Measurements: run by `make benchmark`, never by `make test`."""
