"""Forms: what one is, and everything that happens to an answer.

description, reading/   what a form is, and how an author writes it
services, endpoints     form services, and the addresses that are theirs
files                   what files are: sizes, kinds, names
emails                  addresses of e-mail
submission, validation  an answer, and whether it is what the form asks for
notices                 what is to be sent because of an answer
wire/                   the protocol: requests become answers, answers become responses
judgement/              who is asking, how often, and whether a person wrote it
inbox/                  where answers are kept
sending/                letters and webhooks about it
receiver/               the application that takes answers
gate/                   who may see the inbox on the web
service                 the applications together, as one
secret                  the secrets that are kept
"""
