"""The rule language: FEEL text to tree, types, evaluation, compilation and words. Knows no proposal and no call."""
