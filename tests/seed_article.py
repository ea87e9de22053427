"""What a careful reader finds in the seed article; no rule may know it.

By offset, because the article's words belong in no other file than its own.
"""

BLINKEN, MAAS = "Antony Blinken", "Heiko Maas"
# Where the words of each quote begin (marks aside) and who said them; None: nobody is named.
READ_WITH_A_PENCIL = {
    59: BLINKEN,
    749: BLINKEN,
    849: BLINKEN,
    1098: BLINKEN,
    2097: BLINKEN,
    2125: BLINKEN,
    2415: None,
    2571: "Taliban",
    2666: BLINKEN,
    2761: BLINKEN,
    2891: MAAS,
    2956: MAAS,
    3699: MAAS,
}
# The heading repeats words of a quote; it may be found or not.
PULL_QUOTE = 1428
# Attitudes rather than words (who feared, who tries to offer, who expects, who is committed): a
# reader may count them or not.
ATTITUDES = frozenset((2353, 3196, 3456, 3566))
# A content may begin at its quotation mark or at the word after it.
MARK = 1
