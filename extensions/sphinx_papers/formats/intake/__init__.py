"""What others say of a paper, read into a draft of its record; one module for each who says it.

Nothing here opens a connection: the text is fetched elsewhere.
"""
