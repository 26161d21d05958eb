"""How fast is it, beside a minimal Pyramid page on the same machine? `python -m bench --help`"""
