"""Record and library in, Markdown out. Pure: no file of the project, clock or network is touched."""
