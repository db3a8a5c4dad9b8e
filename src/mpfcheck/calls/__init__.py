"""What a call says: rules, parameters, code lists and sources, read from YAML and checked before any proposal is seen."""
