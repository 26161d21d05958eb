"""The method: six building blocks, what happens in each and what must exist at its end. Data, no database."""

from fdplattform.method.blocks import BLOCKS, BuildingBlock, block

__all__ = ["BLOCKS", "BuildingBlock", "block"]
