"""What every page shares: the request, the resource tree, the layout and the error pages."""
