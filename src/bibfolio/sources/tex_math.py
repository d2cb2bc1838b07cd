from bibfolio.formulas import mathml

__all__ = ["mathml"]
