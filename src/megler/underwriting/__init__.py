"""Facts in; per carrier the class, the requirements and the reasons out.

Words: *facts* are what is known of a person to insure; an *assessment* is facts judged by one
guide edition; a *requirement* is something the carrier needs before it decides, issues or pays.
"""
