"""Programmes: commissions under which municipalities are supported."""
