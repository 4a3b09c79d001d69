"""Re-pricing a book of many lives: read in chunks, priced by many processes, joined in order.

*Book*: a Parquet or CSV file with a life in each row. *Chunk*: so many rows of it, priced at once.
*Part*: what came of a chunk, kept until all are there. *Crew*: the processes that price.
"""
