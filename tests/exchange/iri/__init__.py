"""The specifications in `spec` are the Insured Retirement Institute's, under the licence beside them."""
