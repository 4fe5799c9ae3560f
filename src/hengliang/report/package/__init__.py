"""The package for outsiders (公开结果包): a result that anybody can recompute, without what is personal."""
