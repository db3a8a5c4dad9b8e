"""Programs that write files of the repository from other sources. None of them is part of the package."""
