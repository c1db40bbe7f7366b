"""The preview: builds, watches, rebuilds, reloads the browser, and takes answers to the forms.

`server.serve` is the way in. Nothing here prints; what there is to say goes to `tell`, as one of `news.News`.
"""
