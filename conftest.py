pytest_plugins = ["fdplattform.testing.pytest_plugin"]
