"""What changed from one version of a pack to another, in words a person without the files can follow."""
