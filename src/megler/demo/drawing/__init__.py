"""Drawing carriers' forms: typeset pages whose marked places become the fields of an AcroForm."""
