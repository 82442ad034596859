"""Stanza as a splitter (extra ``stanza``): models from disk, never from the network."""


def has_model(lang):
    return False


class StanzaSplitter: ...
