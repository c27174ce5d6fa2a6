"""The version of Copydesk. It is written here and nowhere else: to ask the installed package for it takes 15 ms."""

VERSION = "0.1.0"
