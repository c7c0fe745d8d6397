"""What attempts tell of a quiz and its questions: exact counts kept as attempts are graded, and figures from them.

`formulas` and `differential` are pure; `facts` says what of an attempt is counted; `tallies` adds it up; `counting`
keeps the sums; `reading` and `figures` make pages of them, without reading an attempt.
"""
