"""The desk: letters that were lost or came back, people who came late, and who votes for somebody else.

No name, address or document is kept. What must be counted is kept under the round's secret, and gone with it.
"""
