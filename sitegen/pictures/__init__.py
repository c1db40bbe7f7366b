"""The files beside documents, and the pictures of a site: which there are, how large they are, what is made of them."""
