"""The model of a site: frozen values and pure questions on them. Nothing here reads, renders or writes."""
