"""What a call says, read from YAML: rules, parameters, code lists, sources, checked before any proposal is seen."""
