"""Municipalities and rural districts: who takes part, and who could."""
