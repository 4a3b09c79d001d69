"""Orders to vendors: exams, laboratories, attending physicians, interviews; their messages, results and bills.

A **vendor** does kinds of requirements for us; a **facility** is the doctor, hospital or clinic whose
records are asked for. An **order** covers one or more requirements of a case (its **items**). What a
vendor says comes as **messages**; each **word** in one is about an item. How an item stands is what
all its words say together, by the vendor's own times. What does not fit waits in the **tray**.
"""
