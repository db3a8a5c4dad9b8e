"""What the screens are made of: fields, tables, figures, and the status pane."""
