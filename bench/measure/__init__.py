"""Measuring: quality, speed and cost, each as one command."""
