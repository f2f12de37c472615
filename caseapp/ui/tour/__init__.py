"""Drives the real windows through the main job."""
