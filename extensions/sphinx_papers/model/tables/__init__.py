"""Tables of papers and boards of results: selecting, ranking, filtering, comparing."""
