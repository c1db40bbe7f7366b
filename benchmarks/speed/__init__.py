"""How long sites of equal content take sitegen and its peers, and how much memory."""
