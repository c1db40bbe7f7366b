"""The proof of an import: a site as sitegen builds it, against what Jekyll had written."""
