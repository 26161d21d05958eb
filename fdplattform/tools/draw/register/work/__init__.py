"""What only the worker does with an extract. Loaded with the first such job: it needs numpy, which no web page does."""
