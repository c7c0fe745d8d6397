"""Documents: the certificate as PDF, QR codes, tables written and read. Knows no feature and no web request."""
