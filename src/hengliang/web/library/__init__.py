"""The indicator library (指标库): indicators that offices agreed on, searched and adopted into forms."""
