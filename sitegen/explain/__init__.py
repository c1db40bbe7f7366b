"""Why a page is as it is: where each value comes from, what is made of it, and what it is part of."""

from sitegen.explain.explaining import explain
from sitegen.explain.explanation import Explanation, File, Layer, Place, Value

__all__ = ["Explanation", "File", "Layer", "Place", "Value", "explain"]
