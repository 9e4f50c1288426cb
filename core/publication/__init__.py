"""Publication: charge data records sent by e-mail, to a file server or to a web server, each once."""
